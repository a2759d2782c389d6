using Companion.Contacts;
using Companion.Directory;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Companion.Invites;

/// <summary>Tells a member what a new invitation may hold.</summary>
internal sealed class InviteOptions(
    InviterDirectory directory,
    NpgsqlDataSource dataSource,
    IOptions<DirectoryOptions> directoryOptions,
    IOptions<InvitePolicy> policy,
    TimeProvider clock)
{
    /// <exception cref="IdentityProviderException"/>
    public async Task<InviteOptionsAnswer> ReadAsync(AccountId account, CancellationToken cancellationToken)
    {
        var person = await directory.FindAsync(account, cancellationToken);
        var rooms = person is { Enabled: true } ? await directory.RoomsAsync(account, cancellationToken) : [];
        var rights = person is null ? InviteRights.None : InviteRights.Of(person, directoryOptions.Value, rooms ?? []);
        var usage = await InviteUsage.ReadAsync(dataSource, account, clock.GetUtcNow(), cancellationToken);
        return new InviteOptionsAnswer(
            person is { Enabled: true },
            [.. rights.Organizations.Order(StringComparer.Ordinal)],
            [.. rights.Groups.Order(StringComparer.Ordinal)],
            rooms ?? [],
            rooms is not null,
            Quota(usage, policy.Value),
            InviteDraft.Languages,
            PersonalMessage.MaxLength,
            IssueInvitesRequest.MaxRows);
    }

    private static InviteQuota Quota(InviteUsage usage, InvitePolicy policy) => new(
        usage.OpenInvites,
        policy.MaxOpen,
        usage.IssuedLastDay,
        policy.MaxPerDay,
        Math.Max(0, Math.Min(policy.MaxOpen - usage.OpenInvites, policy.MaxPerDay - usage.IssuedLastDay)));
}

/// <param name="CanInvite">The caller's account is enabled at the identity provider.</param>
/// <param name="RoomsAvailable">False while the chat server doesn't answer.</param>
internal sealed record InviteOptionsAnswer(
    bool CanInvite,
    IReadOnlyList<string> Organizations,
    IReadOnlyList<string> Groups,
    IReadOnlyList<RoomOffer> Rooms,
    bool RoomsAvailable,
    InviteQuota Quota,
    IReadOnlyList<string> Languages,
    int MessageMaxLength,
    int MaxRows);

/// <param name="Left">How many more may be sent now.</param>
internal sealed record InviteQuota(int Open, int MaxOpen, int IssuedLastDay, int MaxPerDay, int Left);
