using Companion.Community.Approvals;

namespace Companion.Oversight.Moderation;

/// <summary>What became of the people whom somebody brought, in a word.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<PersonStanding>))]
internal enum PersonStanding
{
    /// <summary>Nobody came yet.</summary>
    None,

    /// <summary>All are in good order.</summary>
    Good,

    /// <summary>At least half are.</summary>
    Mixed,

    /// <summary>Fewer are.</summary>
    Bad,
}

internal static class PersonStandings
{
    public static PersonStanding Of(Standing standing) => standing.Share switch
    {
        null => PersonStanding.None,
        1 => PersonStanding.Good,
        >= 0.5 => PersonStanding.Mixed,
        _ => PersonStanding.Bad,
    };
}
