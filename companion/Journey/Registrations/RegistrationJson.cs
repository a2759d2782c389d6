using System.Text.Json;
using System.Text.Json.Serialization;
using Companion.Foundation.Web;

namespace Companion.Journey.Registrations;

/// <summary>Shapes on the wire and payloads of this feature's jobs.</summary>
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
    public static RegistrationJson Strict { get; } = new(StrictOptions(JsonUnmappedMemberHandling.Disallow));

    /// <summary>What the identity provider sends: a later version of it may say more than this one knows.</summary>
    public static RegistrationJson Messages { get; } = new(StrictOptions(JsonUnmappedMemberHandling.Skip));

    private static JsonSerializerOptions StrictOptions(JsonUnmappedMemberHandling unknown)
    {
        var options = new JsonSerializerOptions();
        StrictJson.Apply(options);
        options.UnmappedMemberHandling = unknown;
        return options;
    }
}
