using Companion.Community.Contacts;
using Companion.Community.Directory;
using Companion.Community.Inviters;
using Companion.Foundation.Web;
using Companion.Journey.Members;

namespace Companion.Oversight.Moderation;

/// <summary>What moderators do about a person: pause the inviting, or keep an eye on it.</summary>
internal sealed class ChangePerson(
    Transactions transactions, NpgsqlDataSource dataSource, InviterDirectory directory, RepeatableRequests repeatable)
{
    private const string Reason = "reason";

    /// <returns>Why it was not done; null when it holds now.</returns>
    /// <exception cref="IdentityProviderException">Whether there is such an account is not known.</exception>
    public Task<Refusal?> FreezeAsync(
        AccountId account, FreezeRequest request, AccountId by, string? idempotencyKey, CancellationToken cancellationToken) =>
        ModeratorNote.Check(request.Reason, out var reason) is { } refusal
            ? Task.FromResult<Refusal?>(refusal with { Field = Reason })
            : RunAsync(
                "freeze",
                new PersonChange(account, request.Below, reason),
                by,
                idempotencyKey,
                new FreezeInviting(account, true, by, request.Below),
                unit => FreezeReasons.Set(unit, account, reason),
                cancellationToken);

    /// <inheritdoc cref="FreezeAsync"/>
    public Task<Refusal?> ThawAsync(AccountId account, AccountId by, string? idempotencyKey, CancellationToken cancellationToken) => RunAsync(
        "thaw",
        new PersonChange(account),
        by,
        idempotencyKey,
        new FreezeInviting(account, false, by),
        unit => FreezeReasons.Set(unit, account, null),
        cancellationToken);

    /// <inheritdoc cref="FreezeAsync"/>
    public Task<Refusal?> FlagAsync(
        AccountId account, bool isFlagged, AccountId by, string? idempotencyKey, CancellationToken cancellationToken) => RunAsync(
        isFlagged ? "flag" : "unflag", new PersonChange(account), by, idempotencyKey, new FlagMember(account, isFlagged, by), _ => { }, cancellationToken);

    private async Task<Refusal?> RunAsync(
        string verb,
        PersonChange change,
        AccountId by,
        string? idempotencyKey,
        MemberCommand command,
        Action<UnitOfWork> also,
        CancellationToken cancellationToken)
    {
        // The identity provider comes second: freezing an inviter must not wait for it.
        if (!await KnownPeople.ContainsAsync(dataSource, change.Account, cancellationToken)
            && await directory.FindAsync(change.Account, cancellationToken) is null)
        {
            return Problems.NotFound;
        }

        var (_, refusal) = await transactions.RunAsync(
            (unit, ct) => repeatable.OnceAsync(
                unit,
                $"{verb}:{by}",
                idempotencyKey,
                change,
                PeopleApiJson.Default.PersonChange,
                PeopleApiJson.Default.ChangedPerson,
                async () =>
                {
                    if (await MemberStream.ChangeAsync(unit, MemberId.Of(change.Account), command, ct) is { } refusal)
                    {
                        return refusal;
                    }

                    also(unit);
                    return new ChangedPerson(change.Account);
                },
                ct),
            cancellationToken);
        return refusal;
    }
}
