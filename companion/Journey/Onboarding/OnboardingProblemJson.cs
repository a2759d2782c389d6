using System.Text.Json.Serialization;

namespace Companion.Journey.Onboarding;

/// <summary>Column companion.onboarding_details.problems.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<OnboardingProblem>))]
[JsonSerializable(typeof(OnboardingProblem))]
internal sealed partial class OnboardingProblemJson : JsonSerializerContext;
