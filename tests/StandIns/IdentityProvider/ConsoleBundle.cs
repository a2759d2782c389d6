using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace StandIns.IdentityProvider;

/// <summary>The account console's files as its build left them.</summary>
internal sealed class ConsoleBundle
{
    /// <summary>What Keycloak has for its version in the addresses of files.</summary>
    private const string Version = "stand";

    private static readonly FileExtensionContentTypeProvider ContentTypes = new();

    private readonly PhysicalFileProvider _files;

    private readonly PhysicalFileProvider _vendor;

    public ConsoleBundle(IdentityProviderPlan plan, string folder)
    {
        var dist = Path.Combine(folder, "dist");
        _files = new PhysicalFileProvider(dist);
        _vendor = new PhysicalFileProvider(Path.Combine(folder, "vendor"));
        var entry = JsonNode.Parse(File.ReadAllText(Path.Combine(dist, ".vite", "manifest.json")))!.AsObject()
            .Select(chunk => chunk.Value!.AsObject())
            .Single(chunk => Json.Flag(chunk["isEntry"]) == true);
        Script = Json.Text(entry["file"])!;
        Styles = Json.Texts(entry["css"]);
        CompanionUrl = plan.Environment.GetValueOrDefault("COMPANION_URL") ?? "";
    }

    public static string ResourceUrl => $"/resources/{Version}/account/companion";

    public static string VendorUrl => $"/resources/{Version}/common/keycloak/vendor";

    public string Script { get; }

    public IReadOnlyList<string> Styles { get; }

    /// <summary>As the theme takes it from the environment.</summary>
    public string CompanionUrl { get; }

    public void Map(Routes routes)
    {
        routes.MapResource("/{version}/account/companion/{**path}", path => path is "logo.svg" or "favicon.svg" ? Mark() : Answer(_files, path));
        routes.MapResource("/{version}/common/keycloak/vendor/{**path}", path => Answer(_vendor, path));
    }

    private static IResult Answer(PhysicalFileProvider files, string path) => TryFind(files, path, out var file)
        ? Results.File(file, ContentTypes.TryGetContentType(path, out var type) ? type : null)
        : Results.NotFound();

    private static bool TryFind(PhysicalFileProvider files, string path, [NotNullWhen(true)] out string? file) =>
        (file = files.GetFileInfo(path) is { Exists: true } found ? found.PhysicalPath : null) is not null;

    // Keycloak's own are not ours to copy; this one says where one is.
    private static IResult Mark() => Results.Text(
        """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 32"><text x="0" y="23" font-family="sans-serif" font-size="20" fill="gray">Stand-in</text></svg>""",
        "image/svg+xml");
}
