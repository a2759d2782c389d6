namespace Companion.Community.Directory;

/// <summary>Who may invite into what: the one place that says so. Pure; asked at issue, when a mail is due, and again at redemption.</summary>
internal static class InviteRules
{
    /// <summary>A member in good standing: enabled, and not waiting for or denied an approval.</summary>
    public static bool MayInvite(Person person) => person is { Enabled: true, Approval: null or "approved" };

    /// <summary>The most that somebody is anywhere.</summary>
    public static InviterKind KindOf(Person person, DirectoryOptions options) =>
        person.Organizations.Select(alias => KindHeld(person, alias, options)).Append(KindInCommunity(person, options)).Max();

    /// <summary>What somebody is in one organisation: as a member of it, of one that owns its content, or in the whole community.</summary>
    public static InviterKind KindIn(Person person, Organization organization, DirectoryOptions options) =>
        organization.Owners
            .Append(organization.Alias)
            .Select(alias => KindHeld(person, alias, options))
            .Append(KindInCommunity(person, options))
            .Max();

    public static bool MayUseEveryOrganization(Person person, DirectoryOptions options) =>
        MayInvite(person) && KindInCommunity(person, options) >= InviterKind.CommunityAdmin;

    /// <summary>Role groups that somebody may give in an organisation, in the order they are offered.</summary>
    public static IReadOnlyList<string> GroupsIn(Person person, Organization organization, DirectoryOptions options) =>
        !MayInvite(person) || !organization.Enabled
            ? []
            : KindIn(person, organization, options) switch
            {
                InviterKind.Member => [],
                InviterKind.UserManager => [options.UserGroup, options.UserManagerGroup],
                _ => options.RoleGroups,
            };

    /// <summary>The organisation by whose ownership somebody has most rights in this one.</summary>
    /// <returns>Its alias; null where membership in this one, or a role in the community, gives as much.</returns>
    public static string? OwnerOf(Person person, Organization organization, DirectoryOptions options)
    {
        var own = KindIn(person, organization with { Owners = [] }, options);
        return organization.Owners
            .Where(alias => KindHeld(person, alias, options) > own)
            .MaxBy(alias => KindHeld(person, alias, options));
    }

    /// <summary>Groups of the whole community that somebody may give: those of the configured rules, and all of them for its admins.</summary>
    public static IReadOnlyList<string> CommunityGroups(Person person, DirectoryOptions options) => MayInvite(person)
        ?
        [
            .. options.Groups
                .Where(rule => MayUseEveryOrganization(person, options)
                    || rule.InvitedBy.Any(inviting => person.Groups.Any(group => GroupPath.Covers(inviting, group))))
                .Select(rule => rule.Path),
        ]
        : [];

    /// <summary>The organisation's members are no secret to whoever manages them.</summary>
    public static bool MayListMembers(Person person, Organization organization, DirectoryOptions options) =>
        GroupsIn(person, organization, options).Count > 0;

    /// <param name="organizations">Those that the invites name.</param>
    public static InviteRights RightsOf(
        Person? person, IEnumerable<Organization> organizations, IEnumerable<RoomOffer> rooms, DirectoryOptions options) =>
        person is null || !MayInvite(person)
            ? InviteRights.None
            : new InviteRights(
                KindOf(person, options),
                organizations.ToDictionary(
                    organization => organization.Alias,
                    IReadOnlySet<string> (organization) => GroupsIn(person, organization, options).ToHashSet(StringComparer.Ordinal),
                    StringComparer.Ordinal),
                CommunityGroups(person, options).ToHashSet(StringComparer.Ordinal),
                rooms.Where(room => room.Obstacle is null).Select(room => room.Id).ToHashSet());

    private static InviterKind KindInCommunity(Person person, DirectoryOptions options) =>
        person.Roles.Contains(options.SuperuserRole) ? InviterKind.Superuser
        : person.Roles.Contains(options.CommunityAdminRole) ? InviterKind.CommunityAdmin
        : InviterKind.Member;

    private static InviterKind KindHeld(Person person, string organization, DirectoryOptions options) =>
        person.Memberships.Contains(new Membership(organization, options.AdminGroup)) ? InviterKind.OrganizationAdmin
        : person.Memberships.Contains(new Membership(organization, options.UserManagerGroup)) ? InviterKind.UserManager
        : InviterKind.Member;
}
