using Companion.Community.Directory;
using Companion.Foundation.Kernel;
using Companion.Foundation.Web;

namespace Companion.Journey.Members;

/// <summary>Who the caller is here.</summary>
/// <param name="DisplayName">Null for an account that the identity provider no longer has.</param>
/// <param name="Language">As chosen at the identity provider; null where nothing was.</param>
/// <param name="Kind">The most that the caller is anywhere.</param>
/// <param name="InvitingFrozen">A moderator has paused the caller's inviting.</param>
/// <param name="PictureUrl">Of the picture that was given here; null where none was.</param>
/// <param name="Paused">Null unless all inviting is paused.</param>
internal sealed record MeAnswer(
    AccountId Id,
    string? DisplayName,
    string? Language,
    bool IsModerator,
    bool CanInvite,
    bool InvitingFrozen,
    InviterKind Kind,
    string? PictureUrl,
    PauseNotice? Paused)
{
    public static MeAnswer Of(Caller caller, Person? person, bool invitingFrozen, string? pictureUrl, Refusal? paused, DirectoryOptions options) => new(
        caller.Account,
        person?.DisplayName,
        person?.Language,
        caller.IsModerator,
        person is not null && InviteRules.MayInvite(person),
        invitingFrozen,
        person is null ? InviterKind.Member : InviteRules.KindOf(person, options),
        pictureUrl,
        paused is null ? null : new PauseNotice(paused.Argument));
}

/// <param name="Text">What moderators wrote about it; null where they wrote nothing.</param>
internal sealed record PauseNotice(string? Text);
