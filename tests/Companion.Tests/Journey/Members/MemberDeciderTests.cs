using Companion.Foundation.Kernel;
using Companion.Journey.Members;

namespace Companion.Tests.Journey.Members;

public sealed class MemberDeciderTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
    private static readonly AccountId Anna = new("anna");

    private static Member Asked => Play(Member.Initial, new RequestChatCode(Anna));

    private static Member Sent => Play(Asked, new RecordChatCode(1, null));

    [Fact]
    public void A_code_that_comes_back_connects()
    {
        var state = Play(Sent, new ConfirmChatCode(true));
        (state.Connected, state.Code).ShouldBe((1, null));
        Refused(state, new ConfirmChatCode(true)).ShouldBe(MemberRefusals.CodeExpired);
    }

    [Fact]
    public void A_code_may_come_back_before_it_is_noted_as_sent() =>
        Play(Asked, new ConfirmChatCode(true)).Connected.ShouldBe(1);

    [Fact]
    public void The_next_code_replaces_the_one_before()
    {
        var state = Play(Sent, new RequestChatCode(Anna));
        (state.Generation, state.Code!.Status).ShouldBe((2, CodeStatus.Requested));
        Decide(state, new RecordChatCode(1, "matrix_unreachable")).ShouldBeEmpty();
        Play(state, new ConfirmChatCode(true)).Connected.ShouldBe(2);
    }

    [Fact]
    public void An_undeliverable_code_says_why_and_connects_nobody()
    {
        var state = Play(Asked, new RecordChatCode(1, "matrix_taken"));
        (state.Code!.Status, state.Code.Failure).ShouldBe((CodeStatus.Undeliverable, "matrix_taken"));
        Refused(state, new ConfirmChatCode(true)).ShouldBe(MemberRefusals.CodeExpired);
    }

    [Fact]
    public void After_five_mistakes_the_right_code_is_worth_nothing()
    {
        var state = Sent;
        for (var i = 0; i < MemberDecider.MaxMistakes; i++)
        {
            state = Play(state, new ConfirmChatCode(false));
        }

        Refused(state, new ConfirmChatCode(true)).ShouldBe(MemberRefusals.CodeExpired);
        state.Connected.ShouldBeNull();
    }

    [Fact]
    public void The_right_code_is_good_for_ten_minutes()
    {
        MemberDecider.Decide(Sent, new ConfirmChatCode(true), Now.AddMinutes(10).AddTicks(-1)).Refusal.ShouldBeNull();
        MemberDecider.Decide(Sent, new ConfirmChatCode(true), Now.AddMinutes(10)).Refusal.ShouldBe(MemberRefusals.CodeExpired);
    }

    [Fact]
    public void A_connection_stays_until_another_account_is_proved_or_it_is_cut()
    {
        var connected = Play(Sent, new ConfirmChatCode(true));
        var asking = Play(connected, new RequestChatCode(Anna), new ConfirmChatCode(false));
        asking.Connected.ShouldBe(1);
        Play(asking, new ConfirmChatCode(true)).Connected.ShouldBe(2);
        Play(connected, new DisconnectChatAccount()).Connected.ShouldBeNull();
        Decide(Member.Initial, new DisconnectChatAccount()).ShouldBeEmpty();
    }

    [Fact]
    public void A_picture_is_set_replaced_and_removed_once()
    {
        PictureId first = new(Guid.NewGuid());
        PictureId second = new(Guid.NewGuid());
        var state = Play(Member.Initial, new SetPicture(Anna, first), new SetPicture(Anna, second));
        (state.Picture, state.Account).ShouldBe((second, Anna));
        Decide(state, new SetPicture(Anna, second)).ShouldBeEmpty();
        state = Play(state, new RemovePicture());
        state.Picture.ShouldBeNull();
        Decide(state, new RemovePicture()).ShouldBeEmpty();
    }

    [Fact]
    public void Inviting_is_frozen_once_more_only_with_another_reach_and_thawed_once()
    {
        AccountId moritz = new("moritz");
        var state = Play(Member.Initial, new FreezeInviting(Anna, true, moritz));
        (state.Account, state.IsFrozen, state.FreezesBelow).ShouldBe((Anna, true, false));
        Decide(state, new FreezeInviting(Anna, true, moritz)).ShouldBeEmpty();
        state = Play(state, new FreezeInviting(Anna, true, moritz, Below: true));
        (state.IsFrozen, state.FreezesBelow).ShouldBe((true, true));
        state = Play(state, new FreezeInviting(Anna, false, moritz));
        (state.IsFrozen, state.FreezesBelow).ShouldBe((false, false));
        Decide(state, new FreezeInviting(Anna, false, moritz)).ShouldBeEmpty();
    }

    private static Member Play(Member state, params MemberCommand[] commands) =>
        commands.Aggregate(state, (before, command) => Decide(before, command).Aggregate(before, Member.Evolve));

    private static IReadOnlyList<MemberEvent> Decide(Member state, MemberCommand command) => MemberDecider.Decide(state, command, Now).Events;

    private static Companion.Foundation.Kernel.Refusal? Refused(Member state, MemberCommand command) => MemberDecider.Decide(state, command, Now).Refusal;
}
