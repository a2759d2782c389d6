using Companion.Community.Contacts;
using Companion.Community.Directory;
using Companion.Community.Inviters;

namespace Companion.Journey.Invites;

/// <summary>Tells a member what a new invitation may hold: exactly what would be accepted.</summary>
internal sealed class InviteOptions(
    InviterDirectory directory,
    NpgsqlDataSource dataSource,
    IOptions<DirectoryOptions> directoryOptions,
    IOptions<InvitePolicy> policy,
    IOptions<CommunityOptions> community,
    TimeProvider clock)
{
    private const int OrganizationsPerPage = 50;

    private static readonly Refusal CursorMalformed = new("cursor_malformed", "This page can't be found any more; start with the first.", "cursor");

    /// <param name="search">Part of the names of the organisations to list; null for all.</param>
    /// <param name="cursor">Of a further page of organisations; null for the first.</param>
    /// <exception cref="IdentityProviderException"/>
    public async Task<Outcome<InviteOptionsAnswer>> ReadAsync(
        AccountId account, string? search, string? cursor, CancellationToken cancellationToken)
    {
        var first = 0;
        if (cursor is not null && !int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out first))
        {
            return CursorMalformed;
        }

        var found = await directory.FindAsync(account, cancellationToken);
        var frozen = await InviterHistory.IsFrozenAsync(dataSource, account, cancellationToken);
        var person = found is not null && InviteRules.MayInvite(found) && !frozen ? found : null;
        var page = person is null
            ? new OrganizationPage([], null)
            : await directory.OfferedToAsync(
                person, string.IsNullOrWhiteSpace(search) ? null : search.Trim(), first, OrganizationsPerPage, cancellationToken);
        var rooms = person is null ? new RoomOffers(ChatStanding.None, []) : await directory.RoomsAsync(account, cancellationToken);
        var usage = await InviteUsage.ReadAsync(dataSource, account, clock.GetUtcNow(), cancellationToken);
        var kind = person is null ? InviterKind.Member : InviteRules.KindOf(person, directoryOptions.Value);
        return new InviteOptionsAnswer(
            person is not null,
            kind,
            await ShowAsync(person, page, cancellationToken),
            page.Next?.ToString(CultureInfo.InvariantCulture),
            person is null ? [] : InviteRules.CommunityGroups(person, directoryOptions.Value),
            rooms.Rooms,
            rooms.Chat,
            InviteChannels,
            Quota(usage, policy.Value, kind),
            InviteDraft.Languages,
            community.Value.DefaultLanguage,
            PersonalMessage.MaxLength,
            ModeratorNote.MaxLength,
            IssueInvitesRequest.MaxRows,
            policy.Value.AllowLinks);
    }

    private static IReadOnlyList<string> InviteChannels { get; } = ["email"];

    private async Task<IReadOnlyList<OrganizationOffer>> ShowAsync(
        Person? person, OrganizationPage page, CancellationToken cancellationToken)
    {
        if (person is null)
        {
            return [];
        }

        var owners = page.Organizations.ToDictionary(
            organization => organization.Alias, organization => InviteRules.OwnerOf(person, organization, directoryOptions.Value));
        var names = await directory.NamesAsync(owners.Values.OfType<string>().Select(alias => new Membership(alias)), cancellationToken);
        return
        [
            .. page.Organizations.Select(organization => new OrganizationOffer(
                organization.Alias,
                organization.Name,
                InviteRules.GroupsIn(person, organization, directoryOptions.Value),
                owners[organization.Alias] is { } owner ? names.Show(new Membership(owner)).OrganizationName : null)),
        ];
    }

    private static InviteQuota Quota(InviteUsage usage, InvitePolicy policy, InviterKind kind)
    {
        var (maxOpen, maxPerDay) = (policy.MaxOpenOf(kind), policy.MaxPerDayOf(kind));
        var left = Math.Max(0, Math.Min(maxOpen - usage.OpenInvites, maxPerDay - usage.IssuedLastDay));
        return new InviteQuota(usage.OpenInvites, maxOpen, usage.IssuedLastDay, maxPerDay, left);
    }
}

/// <param name="CanInvite">The caller's account is enabled at the identity provider and waits for no approval, and no moderator has paused its inviting.</param>
/// <param name="Organizations">A page of those that the caller may invite into.</param>
/// <param name="NextOrganizations">Cursor of the next page; null on the last.</param>
/// <param name="Groups">Groups of the whole community that may be given, by path.</param>
/// <param name="Rooms">None unless the caller's chat account is known.</param>
/// <param name="CanCopyLinks">Links may be taken from an open invite.</param>
internal sealed record InviteOptionsAnswer(
    bool CanInvite,
    InviterKind Kind,
    IReadOnlyList<OrganizationOffer> Organizations,
    string? NextOrganizations,
    IReadOnlyList<string> Groups,
    IReadOnlyList<RoomOffer> Rooms,
    ChatStanding Chat,
    IReadOnlyList<string> Channels,
    InviteQuota Quota,
    IReadOnlyList<string> Languages,
    string DefaultLanguage,
    int MessageMaxLength,
    int NoteMaxLength,
    int MaxRows,
    bool CanCopyLinks);

/// <param name="Groups">Role groups that may be given there.</param>
/// <param name="Owner">Name of the organisation by which the caller has these rights; null where it is this one, or the whole community.</param>
internal sealed record OrganizationOffer(string Alias, string Name, IReadOnlyList<string> Groups, string? Owner);

/// <param name="Left">How many more may be sent now.</param>
internal sealed record InviteQuota(int Open, int MaxOpen, int IssuedLastDay, int MaxPerDay, int Left);
