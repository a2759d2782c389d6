using Companion.Community.Directory;
using Companion.Journey.Onboarding;

namespace Companion.Oversight.Moderation;

/// <summary>To-dos that died, or that a channel or another system keeps waiting; one row for each cause.</summary>
internal sealed class StuckWork(NpgsqlDataSource dataSource, TimeProvider clock)
{
    /// <summary>What heals by itself so soon is nobody's problem.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Reasons to wait that are no fault: somebody has to do something first.</summary>
    private static readonly string[] Expected =
        ["account_absent", "released", "awaiting_approval", "address_unverified", ChatAccountAnswer.NotThereYet, "mail_outcome_unknown"];

    /// <summary>Their waits are told of person by person.</summary>
    private static readonly string[] Told =
        [OnboardingOutbox.Memberships.Name, OnboardingOutbox.ChatAccount.Name, OnboardingOutbox.Room.Name];

    private const string Stuck =
        """
        done_at is null and last_error is not null
          and (dead_at is not null or created_at <= @patience and last_error <> all (@expected) and kind <> all (@told))
        """;

    public async Task<IReadOnlyList<StuckWorkCause>> ListAsync(CancellationToken cancellationToken) => await dataSource.QueryAsync(
        $"""
        select last_error, dead_at is not null, array_agg(distinct kind order by kind), count(*)::int, min(coalesce(dead_at, created_at))
        from companion.outbox_message where {Stuck}
        group by 1, 2 order by 5
        """,
        reader => new StuckWorkCause(
            IdOf(reader.GetString(0), reader.GetBoolean(1)),
            reader.GetString(0),
            reader.GetBoolean(1),
            reader.GetFieldValue<string[]>(2),
            reader.GetInt32(3),
            reader.GetFieldValue<DateTimeOffset>(4)),
        Parameters(),
        cancellationToken);

    /// <summary>Makes everything that this cause holds up due again, dead or not, with all its attempts before it.</summary>
    /// <returns>How many; 0 where there is no such cause.</returns>
    public async Task<int> RetryAsync(Guid cause, CancellationToken cancellationToken) =>
        (await ListAsync(cancellationToken)).FirstOrDefault(known => known.Id == cause) is { } found
            ? await dataSource.ExecuteAsync(
                $"""
                update companion.outbox_message
                set dead_at = null, attempts = 0, due_at = @now
                where {Stuck} and last_error = @code and (dead_at is not null) = @dead and (leased_until is null or leased_until < clock_timestamp())
                """,
                [Param.Time("now", clock.GetUtcNow()), Param.Text("code", found.Code), Param.Bool("dead", found.IsDead), .. Parameters()],
                cancellationToken)
            : 0;

    private Param[] Parameters() =>
    [
        Param.Time("patience", clock.GetUtcNow() - Patience),
        Param.Texts("expected", Expected),
        Param.Texts("told", Told),
    ];

    private static Guid IdOf(string code, bool isDead) => DeterministicId.From("stuck", $"{code}\n{isDead}");
}

/// <param name="Id">For retry; the same while the cause lasts.</param>
/// <param name="Code">Why; stable.</param>
/// <param name="IsDead">It is not tried again unless somebody says so.</param>
/// <param name="Kinds">Of the background jobs, e.g. invite_mail.</param>
/// <param name="Since">Of the longest.</param>
internal sealed record StuckWorkCause(Guid Id, string Code, bool IsDead, IReadOnlyList<string> Kinds, int Count, DateTimeOffset Since);
