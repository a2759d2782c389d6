namespace Companion.Foundation.Kernel;

/// <summary>Whom an onboarding serves.</summary>
public enum OnboardingKind
{
    /// <summary>Registered by the invite: is joined to the rooms.</summary>
    Newcomer,

    /// <summary>Had an account already: is given the memberships and invited to the rooms, never joined by force.</summary>
    Member,
}
