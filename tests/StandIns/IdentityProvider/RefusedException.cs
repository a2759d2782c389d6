using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace StandIns.IdentityProvider;

/// <summary>An answer that ends a request at once, in the form that Keycloak has for it there.</summary>
public sealed class RefusedException(IResult answer) : Exception("The request is refused.")
{
    public IResult Answer { get; } = answer;

    /// <summary>As OAuth has it.</summary>
    public static RefusedException OAuth(int status, string error, string description) =>
        Of(status, new JsonObject { ["error"] = error, ["error_description"] = description });

    /// <summary>As most of the Admin API has it.</summary>
    public static RefusedException Admin(int status, string error) => Of(status, new JsonObject { ["error"] = error });

    /// <summary>As the Admin API has it where a body is not acceptable.</summary>
    public static RefusedException Unacceptable(int status, string message) => Of(status, new JsonObject { ["errorMessage"] = message });

    /// <summary>As our own provider's resources have it.</summary>
    public static RefusedException Problem(int status, string code, string message) => Of(status, new JsonObject { ["code"] = code, ["message"] = message });

    public static RefusedException Of(int status, JsonObject body) => new(Results.Json(body, statusCode: status));
}
