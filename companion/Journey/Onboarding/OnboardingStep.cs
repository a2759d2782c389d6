using Companion.Community.Directory;
using Companion.Foundation.Outbox;

namespace Companion.Journey.Onboarding;

/// <summary>What the handlers of an onboarding's background jobs have in common: recording outcomes, and waiting instead of failing.</summary>
internal static class OnboardingStep
{
    /// <summary>What is broken for longer is shown to moderators; shorter breaks heal unseen.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Recheck = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan LongestVerification = TimeSpan.FromDays(30);

    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    public static OutboxEffect Record(Guid onboarding, OnboardingCommand command) =>
        (unit, cancellationToken) => OnboardingStream.ChangeAsync(unit, new OnboardingId(onboarding), command, cancellationToken);

    public static OutboxResult Done(Guid onboarding, OnboardingCommand command) => new OutboxResult.Done(Record(onboarding, command));

    public static OutboxResult AccountGone(Guid onboarding) => Done(onboarding, new CancelOnboarding("account_gone"));

    /// <summary>
    /// Anybody can write any address into an account: a member whose address was never confirmed gets nothing that was meant for whoever
    /// reads that mailbox.
    /// </summary>
    /// <param name="age">How long it has been due.</param>
    /// <returns>Null where there is nothing to wait for.</returns>
    public static OutboxResult? AwaitVerification(Onboarding state, Person person, TimeSpan age) =>
        state.Kind != OnboardingKind.Member || person.AddressVerified ? null
        : age > LongestVerification ? Done(state.Id, new CancelOnboarding("address_unverified"))
        : new OutboxResult.Wait("address_unverified", Patience(age, LongestPause));

    /// <summary>Something has to be repaired by hand; looked at again now and then, since nobody reports that it is done.</summary>
    public static OutboxResult Park(string code, OutboxEffect park) => new OutboxResult.Wait(code, Jittered(Recheck), park);

    /// <summary>Outages wait and never use up attempts, so nothing is lost however long they last.</summary>
    /// <param name="age">How long it has been due.</param>
    /// <param name="park">Shows it to moderators under a code; null where there is nothing to show.</param>
    public static async Task<OutboxResult> TryAsync(TimeSpan age, Func<string, OutboxEffect?> park, Func<Task<OutboxResult>> work)
    {
        try
        {
            return await work();
        }
        catch (ChatServerException exception)
        {
            return Of(exception, age, park);
        }
        catch (IdentityProviderException exception)
        {
            return Of(exception, age, park);
        }
    }

    /// <summary>Short at first, and the longer it has lasted the longer.</summary>
    public static TimeSpan Patience(TimeSpan age, TimeSpan longest)
    {
        var seconds = Math.Clamp(age.TotalSeconds / 4, 5, longest.TotalSeconds);
        return Jittered(TimeSpan.FromSeconds(seconds));
    }

    private static OutboxResult.Wait Of(ChatServerException exception, TimeSpan age, Func<string, OutboxEffect?> park) => exception.Fault switch
    {
        ChatFault.Limit => new OutboxResult.Wait(exception.Code, Jittered(exception.RetryAfter ?? TimeSpan.FromSeconds(30))),
        ChatFault.Outage => Outage(exception.Code, exception.RetryAfter, age, park),
        _ => new OutboxResult.Wait(exception.Code, Jittered(exception.RetryAfter ?? Recheck / 3), park(exception.Code)),
    };

    private static OutboxResult.Wait Of(IdentityProviderException exception, TimeSpan age, Func<string, OutboxEffect?> park) => exception.IsTransient
        ? Outage("identity_provider_unreachable", exception.RetryAfter, age, park)
        : new OutboxResult.Wait(exception.Code, Jittered(Recheck), park(exception.Code));

    private static OutboxResult.Wait Outage(string code, TimeSpan? retryAfter, TimeSpan age, Func<string, OutboxEffect?> park) =>
        new(code, retryAfter is { } told ? Jittered(told) : Patience(age, Grace), age > Grace ? park(code) : null);

    /// <summary>Never earlier than asked, and not all at once.</summary>
    private static TimeSpan Jittered(TimeSpan wait) => wait * (1 + (Random.Shared.NextDouble() / 5));
}
