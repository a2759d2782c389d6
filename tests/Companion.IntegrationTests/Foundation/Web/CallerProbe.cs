using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Companion.Foundation.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Companion.IntegrationTests.Foundation.Web;

/// <summary>A companion with an address that tells who calls, and tokens for it.</summary>
public sealed class CallerProbe(PostgresFixture postgres) : CompanionHost(postgres, settings => settings.Endpoints =
    routes => routes.MapGet("/probe", (Caller caller) => TypedResults.Text($"{caller.Account} {caller.IsModerator}")))
{
    internal string Mint(Action<JsonObject>? change = null) => Tokens.Mint("anna", moderator: false, Clock.GetUtcNow(), change);

    internal JsonObject Header() => new() { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = Tokens.KeyId };

    internal string Payload() => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(Mint().Split('.')[1]));

    internal async Task<HttpStatusCode> SendAsync(string token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/probe");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await Anonymous.SendAsync(request, cancellationToken);
        return answer.StatusCode;
    }
}
