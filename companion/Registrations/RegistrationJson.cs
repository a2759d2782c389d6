using System.Text.Json;
using System.Text.Json.Serialization;
using Companion.Hosting;

namespace Companion.Registrations;

/// <summary>Shapes on the wire, read strictly, and payloads of this feature's to-dos.</summary>
[JsonSerializable(typeof(InspectMessage))]
[JsonSerializable(typeof(ClaimMessage))]
[JsonSerializable(typeof(ReleaseMessage))]
[JsonSerializable(typeof(FactMessage))]
[JsonSerializable(typeof(WaitingMessage))]
[JsonSerializable(typeof(InspectAnswer))]
[JsonSerializable(typeof(ClaimAnswer))]
[JsonSerializable(typeof(RefusedAnswer))]
[JsonSerializable(typeof(HeardAnswer))]
[JsonSerializable(typeof(WaitingAnswer))]
[JsonSerializable(typeof(WaitingOutcome))]
[JsonSerializable(typeof(AccountLook))]
[JsonSerializable(typeof(ClaimLook))]
internal sealed partial class RegistrationJson : JsonSerializerContext
{
    public static RegistrationJson Strict { get; } = new(StrictOptions());

    private static JsonSerializerOptions StrictOptions()
    {
        var options = new JsonSerializerOptions();
        StrictJson.Apply(options);
        return options;
    }
}
