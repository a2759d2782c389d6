using System.Text.Json.Serialization;

namespace Companion.Journey.Onboarding;

/// <summary>Shapes of the onboarding API on the wire.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WelcomeAnswer))]
internal sealed partial class OnboardingApiJson : JsonSerializerContext;
