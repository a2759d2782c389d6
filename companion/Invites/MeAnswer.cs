using Companion.Directory;
using Companion.Hosting;

namespace Companion.Invites;

/// <summary>Who the caller is here.</summary>
/// <param name="DisplayName">Null for an account that the identity provider no longer has.</param>
/// <param name="Language">As chosen at the identity provider; null where nothing was.</param>
internal sealed record MeAnswer(AccountId Id, string? DisplayName, string? Language, bool IsModerator, bool CanInvite)
{
    public static MeAnswer Of(Caller caller, Person? person) =>
        new(caller.Account, person?.DisplayName, person?.Language, caller.IsModerator, person is { Enabled: true });
}
