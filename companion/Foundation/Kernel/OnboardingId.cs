namespace Companion.Foundation.Kernel;

/// <summary>One onboarding; also the id of its event stream. Derived from the invite, so an invite has at most one.</summary>
[JsonConverter(typeof(GuidIdConverter<OnboardingId>))]
public readonly record struct OnboardingId(Guid Value) : IGuidId<OnboardingId>
{
    public static OnboardingId From(Guid value) => new(value);

    public static OnboardingId Of(InviteId invite) => new(DeterministicId.From(invite.Value, "onboarding"));

    public override string ToString() => Value.ToString();
}
