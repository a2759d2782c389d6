using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Components;

namespace Companion.IntegrationTests.Foundation.Web;

/// <summary>The pages are built from the document in the repository; it must be the one that the companion serves.</summary>
public sealed class ApiDocumentTests(CompanionHost host) : IClassFixture<CompanionHost>
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static string File => Path.Combine(ComponentSettings.FromEnvironment().Repository, "idp-theme", "account", "openapi.json");

    [Fact]
    public async Task The_document_in_the_repository_is_the_one_that_is_served()
    {
        var served = JsonNode.Parse(await host.Anonymous.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken))!.ToJsonString(Indented) + "\n";
        if (Environment.GetEnvironmentVariable("COMPANION_WRITE_API") == "1")
        {
            await System.IO.File.WriteAllTextAsync(File, served, TestContext.Current.CancellationToken);
        }

        (await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken)).ShouldBe(
            served, "Run this test once with COMPANION_WRITE_API=1, then `npm run generate` in idp-theme/account.");
    }
}
