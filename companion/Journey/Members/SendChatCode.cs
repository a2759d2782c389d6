using Companion.Community.Directory;
using Companion.Foundation.Outbox;

namespace Companion.Journey.Members;

/// <summary>Has the bot send a code to the chat account that a member named.</summary>
internal sealed class SendChatCode(
    NpgsqlDataSource dataSource,
    ChatCodeTable table,
    ChatCodes codes,
    IMemberChat chat,
    InviterDirectory directory,
    IOptions<CommunityOptions> community,
    TimeProvider clock)
    : OutboxHandler<ChatCodeDue>(MemberOutbox.Code)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task<OutboxResult> HandleAsync(OutboxMessage<ChatCodeDue> message, CancellationToken cancellationToken)
    {
        var state = await dataSource.ReadAsync(MemberStream.Type, message.StreamId, cancellationToken);
        MemberId member = new(message.StreamId);
        if (state.Code is not { Status: CodeStatus.Requested } code
            || code.Generation != message.Payload.Generation
            || !(await table.OfAsync(member, cancellationToken)).TryGetValue(code.Generation, out var to))
        {
            return OutboxResult.Finished;
        }

        try
        {
            var person = await directory.FindAsync(state.Account, cancellationToken);
            var text = ChatCodeText.In(person?.Language ?? community.Value.DefaultLanguage, community.Value.Name, codes.For(member, code.Generation, to));
            return await chat.SendCodeAsync(state.Account, to, code.Generation, text, cancellationToken)
                ? Done(member, code, null)
                : Done(member, code, MemberRefusals.MatrixTaken.Code);
        }
        catch (ChatServerException exception) when (exception.Fault != ChatFault.Setup)
        {
            return Later(member, code, exception.Code, exception.RetryAfter);
        }
        catch (ChatServerException)
        {
            return Done(member, code, MemberRefusals.MatrixUnreachable.Code);
        }
        catch (IdentityProviderException exception)
        {
            return Later(member, code, exception.Code, exception.RetryAfter);
        }
    }

    protected override Task OnDeadAsync(UnitOfWork unit, OutboxMessage<ChatCodeDue> message, string code, CancellationToken cancellationToken) =>
        MemberStream.ChangeAsync(
            unit,
            new MemberId(message.StreamId),
            new RecordChatCode(message.Payload.Generation, MemberRefusals.MatrixUnreachable.Code),
            cancellationToken);

    /// <summary>Nobody waits for a code that has expired.</summary>
    private OutboxResult Later(MemberId member, PendingCode code, string reason, TimeSpan? retryAfter)
    {
        var pause = retryAfter is { } told && told > Pause ? told : Pause;
        return clock.GetUtcNow() + pause < code.ExpiresAt
            ? new OutboxResult.Wait(reason, pause)
            : Done(member, code, MemberRefusals.MatrixUnreachable.Code);
    }

    private static OutboxResult.Done Done(MemberId member, PendingCode code, string? failure) => new(
        (unit, cancellationToken) => MemberStream.ChangeAsync(unit, member, new RecordChatCode(code.Generation, failure), cancellationToken));
}

/// <summary>What the bot writes to a chat account that somebody says is theirs.</summary>
internal static class ChatCodeText
{
    /// <param name="language">en or de; English for any other.</param>
    public static string In(string language, string community, string code) => language == "de"
        ? $"Dein Code für {community}: {code}\nEr gilt {Minutes} Minuten. Gib ihn nur auf der Seite ein, auf der du ihn angefordert hast. "
            + "Wenn du ihn nicht angefordert hast, ist nichts zu tun."
        : $"Your code for {community}: {code}\nIt is valid for {Minutes} minutes. Enter it only on the page where you asked for it. "
            + "If you didn't ask for it, there is nothing to do.";

    private static int Minutes => (int)MemberDecider.CodeLifetime.TotalMinutes;
}
