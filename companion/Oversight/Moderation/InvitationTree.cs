namespace Companion.Oversight.Moderation;

/// <summary>Who came in by whom. Whoever was brought in by a circle of people is there once, and circles come to an end.</summary>
internal sealed class InvitationTree(IReadOnlyCollection<KnownPerson> people)
{
    private readonly Dictionary<AccountId, KnownPerson> _people = people.GroupBy(person => person.Account).ToDictionary(same => same.Key, same => same.First());

    private readonly ILookup<AccountId, AccountId> _brought = people
        .Where(person => person.Inviter is not null)
        .DistinctBy(person => person.Account)
        .ToLookup(person => person.Inviter!.Value, person => person.Account);

    /// <summary>Those whom nobody here brought in.</summary>
    public IReadOnlyList<AccountId> Roots => [.. _people.Values.Where(person => person.Inviter is null).Select(person => person.Account)];

    /// <summary>Everybody from these on: breadth first, the biggest subtrees of each level first.</summary>
    public IReadOnlyList<TreePerson> From(params IReadOnlyList<AccountId> roots)
    {
        var found = new List<(AccountId Account, int Parent, int Level)>();
        var known = new HashSet<AccountId>();
        foreach (var root in roots.Where(known.Add))
        {
            found.Add((root, -1, 0));
        }

        for (var i = 0; i < found.Count; i++)
        {
            foreach (var brought in _brought[found[i].Account].Where(known.Add))
            {
                found.Add((brought, i, found[i].Level + 1));
            }
        }

        var below = new int[found.Count];
        for (var i = found.Count - 1; i >= 0; i--)
        {
            if (found[i].Parent is >= 0 and var parent)
            {
                below[parent] += below[i] + 1;
            }
        }

        return
        [
            .. found
                .Select((place, i) => (place.Level, Person: new TreePerson(
                    _people.GetValueOrDefault(place.Account) ?? new KnownPerson(place.Account, null, null, null), _brought[place.Account].Count(), below[i])))
                .OrderBy(place => place.Level)
                .ThenByDescending(place => place.Person.Below)
                .ThenBy(place => place.Person.Known.Account.Value, StringComparer.Ordinal)
                .Select(place => place.Person),
        ];
    }
}

/// <param name="Inviter">By whose invite; null for somebody whom nobody invited.</param>
/// <param name="Status">Of the onboarding; null where there was none.</param>
internal sealed record KnownPerson(AccountId Account, AccountId? Inviter, DateTimeOffset? JoinedAt, string? Status);

/// <param name="Brought">Whom the person brought in.</param>
/// <param name="Below">Those, and all whom they brought in, at any depth.</param>
internal sealed record TreePerson(KnownPerson Known, int Brought, int Below);
