using Companion.Community.Contacts;
using Companion.Community.Directory;

namespace Companion.Journey.Invites;

/// <summary>One row that can be read: what is asked for, before any rule about who may ask it.</summary>
/// <param name="RemindInviter">Null where neither the row nor the request says.</param>
internal sealed record InviteDraft(
    EmailAddress Address,
    IReadOnlyList<Membership> Memberships,
    IReadOnlyList<RoomId> Rooms,
    string? Message,
    string Language,
    bool? RemindInviter,
    bool RemindInvitee)
{
    public const int MaxMemberships = 20;

    public const int MaxRooms = 50;

    private const int MaxNameLength = 255;

    public static IReadOnlyList<string> Languages { get; } = ["en", "de"];

    public IEnumerable<string> Organizations => Memberships.Select(membership => membership.Organization).OfType<string>();

    public static Outcome<InviteDraft> Read(InviteRow row, IssueInvitesRequest defaults, string defaultLanguage)
    {
        if (string.IsNullOrWhiteSpace(row.Contact))
        {
            return new Refusal("contact_missing", "Enter an address.", "contact");
        }

        if (!EmailAddress.TryParse(row.Contact, out var address))
        {
            return new Refusal("contact_malformed", "This doesn't look like an email address.", "contact");
        }

        var memberships = row.Memberships ?? [];
        var rooms = row.Rooms ?? [];
        var language = row.Language ?? defaults.Language ?? defaultLanguage;
        var messageRefusal = PersonalMessage.Check(row.Message ?? defaults.Message, out var message);
        var refusal = MembershipObstacle(memberships)
            ?? RoomObstacle(rooms)
            ?? LanguageObstacle(language)
            ?? messageRefusal;
        if (refusal is not null)
        {
            return refusal;
        }

        return new InviteDraft(
            address,
            [.. memberships.OfType<Membership>().Distinct()],
            [.. rooms.OfType<string>().Distinct(StringComparer.Ordinal).Select(RoomId.From)],
            message,
            language,
            row.RemindMe ?? defaults.RemindMe,
            row.Remind ?? defaults.Remind);
    }

    /// <summary>With every organisation by its alias and every role group in its own spelling; what is not known stays as it was written.</summary>
    public InviteDraft Named(IReadOnlyDictionary<string, Organization> organizations, IReadOnlyList<string> roleGroups) => this with
    {
        Memberships =
        [
            .. Memberships.Select(membership => membership.Organization is not { } organization
                ? membership
                : new Membership(
                    organizations.GetValueOrDefault(organization)?.Alias ?? organization,
                    roleGroups.FirstOrDefault(group => string.Equals(group, membership.Group, StringComparison.OrdinalIgnoreCase)) ?? membership.Group)),
        ],
    };

    private static Refusal? MembershipObstacle(IReadOnlyList<Membership?> memberships) =>
        memberships.Count > MaxMemberships ? TooMany("memberships", MaxMemberships)
        : memberships.Any(membership => !IsName(membership!.Organization ?? "-") || !IsName(membership.Group ?? "-"))
            ? new Refusal("membership_malformed", "Name an organisation and a group, as the invite options spell them.", "memberships")
        : memberships.Any(membership => membership!.Group is null)
            ? new Refusal("group_missing", "Choose a group.", "group")
            : null;

    private static Refusal? RoomObstacle(IReadOnlyList<string?> rooms) =>
        rooms.Count > MaxRooms ? TooMany("rooms", MaxRooms)
        : rooms.Any(room => !IsName(room!))
            ? new Refusal("room_malformed", "Name rooms by their ids, as the invite options spell them.", "rooms")
            : null;

    private static Refusal? LanguageObstacle(string language) => Languages.Contains(language, StringComparer.Ordinal)
        ? null
        : new Refusal("language_unknown", $"Choose one of these languages: {string.Join(", ", Languages)}.", "language");

    private static Refusal TooMany(string field, int most)
    {
        var number = most.ToString(CultureInfo.InvariantCulture);
        return new($"{field}_too_many", $"One invitation takes at most {number} {field}.", field, number);
    }

    private static bool IsName(string name) => name.Length is > 0 and <= MaxNameLength && !name.Any(IsHidden);

    private static bool IsHidden(char character) => char.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
