using System.Collections;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Companion.Foundation.Web;
using Sandbox;
using Sandbox.Components;
using Sandbox.Processes;
using YamlDotNet.RepresentationModel;

namespace Companion.IntegrationTests.Containers;

/// <summary>What can be said about docker-compose.yml without a container engine.</summary>
public sealed partial class ComposeFileTests
{
    private static readonly string Repository = ComponentSettings.FromEnvironment().Repository;

    private static readonly ComposeFile Compose = ComposeFile.Read();

    /// <summary>Those of the Compose specification that are used here; the tool refuses any that it does not know.</summary>
    private static readonly HashSet<string> ServiceKeys =
    [
        "build", "cap_add", "cap_drop", "command", "configs", "depends_on", "entrypoint", "env_file", "environment", "healthcheck", "image",
        "logging", "mem_limit", "ports", "profiles", "read_only", "restart", "secrets", "security_opt", "stop_grace_period", "tmpfs", "volumes",
    ];

    /// <summary>What services keep of root's rights: to give themselves a plain account, or to be started at all.</summary>
    private static readonly Dictionary<string, string[]> KeptRights = new()
    {
        ["postgres"] = ["CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"],
        ["synapse"] = ["CHOWN", "SETGID", "SETUID"],
        ["keycloak-proxy"] = ["NET_BIND_SERVICE"],
        ["caddy"] = ["NET_BIND_SERVICE"],
    };

    private static readonly JsonObject CompanionSettings = Compose.Services["companion"]["environment"]!.AsObject();

    [Fact]
    public void Every_variable_is_in_the_example_and_every_one_there_is_used()
    {
        var example = ContainerScene.ReadVariables(PathOf(".env.example")).Keys
            .Where(name => !name.StartsWith("COMPOSE_", StringComparison.Ordinal));

        Compose.StrayDollars.ShouldBeEmpty();
        Compose.Variables.Select(variable => variable.Name)
            .Concat(Compose.Secrets.Values.Select(secret => (string?)secret["environment"]).OfType<string>())
            .Distinct().ShouldBe(example, ignoreOrder: true);
    }

    [Fact]
    public void Services_refer_to_what_is_declared_by_keys_that_exist()
    {
        Compose.Services.Values.SelectMany(service => service.Select(field => field.Key)).ShouldAllBe(key => ServiceKeys.Contains(key));
        Compose.Services.Values.SelectMany(service => Texts(service["secrets"])).Distinct()
            .ShouldBe(Compose.Secrets.Keys, ignoreOrder: true);
        Mounts().Where(mount => !mount.StartsWith('.')).Select(mount => mount.Split(':')[0]).ShouldBe(Compose.Volumes, ignoreOrder: true);
    }

    [Fact]
    public void Every_group_of_variables_is_explained() =>
        File.ReadAllText(PathOf(".env.example")).Split("\n\n").ShouldAllBe(group => group.StartsWith("# "));

    [Fact]
    public void Every_image_is_pinned()
    {
        Images().Count().ShouldBeGreaterThan(8);
        Images().ShouldAllBe(image => Pinned().IsMatch(image));
    }

    [Fact]
    public void The_servers_are_those_that_everything_is_tested_on()
    {
        ComponentSettings.PostgresVersion.ShouldStartWith($"{TagsOf("postgres").Single()}.");
        TagsOf("keycloak").ShouldBe([ComponentSettings.KeycloakVersion]);
        TagsOf("synapse").ShouldBe([$"v{ComponentSettings.SynapseVersion}"]);
    }

    [Fact]
    public void No_secret_stands_in_the_file_or_in_the_example()
    {
        var settings = Compose.Services.Values.SelectMany(service => service["environment"]?.AsObject() ?? [])
            .Where(setting => Secret().IsMatch(setting.Key)).ToList();

        settings.Count.ShouldBeGreaterThan(10);
        settings.ShouldAllBe(setting => ((string)setting.Value!).StartsWith("${") && ((string)setting.Value!).EndsWith('}'));
        ((string)CompanionSettings["Database__ConnectionString"]!).ShouldContain("Password=${");
        Compose.Secrets.Values.ShouldAllBe(secret => secret["environment"] != null);
        ContainerScene.ReadVariables(PathOf(".env.example")).Where(variable => Secret().IsMatch(variable.Key))
            .ShouldAllBe(variable => variable.Value.Length == 0);
    }

    [Fact]
    public void Every_service_says_whether_it_is_healthy_and_waits_for_healthy_ones()
    {
        Compose.LastingServices.Keys.ShouldBe(["postgres", "keycloak", "keycloak-proxy", "synapse", "companion", "mailpit"]);
        foreach (var (name, service) in Compose.LastingServices)
        {
            var isChecked = service["build"] is { } build
                ? Dockerfile.Read((string)build["dockerfile"]!).Of("HEALTHCHECK").Any()
                : service["healthcheck"]?["test"] is not null;
            isChecked.ShouldBeTrue(name);
        }

        var waits = Compose.Services.Values.SelectMany(service => service["depends_on"]?.AsObject() ?? []).ToList();
        waits.ShouldAllBe(wait => Compose.LastingServices.ContainsKey(wait.Key) && (string?)wait.Value!["condition"] == "service_healthy");
        Compose.Services["companion"]["depends_on"]!.AsObject().Select(wait => wait.Key).ShouldBe(["postgres", "keycloak"]);
    }

    [Fact]
    public void The_companion_has_no_rights_that_it_does_not_need()
    {
        var companion = Compose.Services["companion"];

        ((string?)companion["read_only"]).ShouldBe("true");
        Texts(companion["tmpfs"]).ShouldBe(["/tmp"]);
        Dockerfile.Read("companion/Dockerfile").Last("USER").ShouldBe("$APP_UID");
        Compose.LastingServices.Values.SelectMany(service => Texts(service["ports"])).ShouldAllBe(port => port.StartsWith("127.0.0.1:"));
    }

    [Fact]
    public void No_service_can_gain_rights_or_use_up_the_machine()
    {
        foreach (var (name, service) in Compose.Services)
        {
            Texts(service["cap_drop"]).ShouldBe(["ALL"], name);
            Texts(service["cap_add"]).ShouldBe([.. KeptRights.GetValueOrDefault(name, [])], name);
            Texts(service["security_opt"]).ShouldBe(["no-new-privileges:true"], name);
            ((string?)service["mem_limit"]).ShouldNotBeNull(name).ShouldMatch("^[0-9]+[mg]$");
            ((string?)service["logging"]?["driver"]).ShouldBe("local", name);
        }
    }

    [Fact]
    public void The_mail_traps_certificate_is_trusted_only_while_the_trap_is_there()
    {
        var without = ComposeFile.Read("docker-compose.yml");
        var mounted = Mounts("mailpit").Single(mount => mount.StartsWith("./.secrets/mail.crt:", StringComparison.Ordinal));

        Mounts("companion").ShouldBe([mounted]);
        Mounts("keycloak").ShouldBe([mounted]);
        foreach (var (service, setting) in (ReadOnlySpan<(string, string)>)[("companion", "SSL_CERT_FILE"), ("keycloak", "KC_TRUSTSTORE_PATHS")])
        {
            ((string?)Compose.Services[service]["environment"]![setting]).ShouldBe(mounted.Split(':')[1]);
            without.Services[service]["environment"]!.AsObject().ContainsKey(setting).ShouldBeFalse();
            without.Services[service]["volumes"].ShouldBeNull();
        }

        without.Services.Keys.ShouldNotContain("mailpit");
    }

    /// <summary>Where SELinux is on, a container reads a file of the host only with such a label: its own, or one that several share.</summary>
    [Fact]
    public void Files_of_the_host_are_mounted_for_reading_and_labelled()
    {
        var mounts = Compose.Services.Keys.SelectMany(Mounts).Where(mount => mount.StartsWith("./", StringComparison.Ordinal)).ToList();

        mounts.Count.ShouldBeGreaterThan(5);
        mounts.GroupBy(mount => mount.Split(':')[0])
            .ShouldAllBe(same => same.All(mount => mount.EndsWith(same.Count() == 1 ? ":ro,Z" : ":ro,z", StringComparison.Ordinal)));
    }

    [Fact]
    public void Keycloaks_failed_events_with_what_people_typed_stay_out_of_its_log() =>
        ((string?)Compose.Services["keycloak"]["environment"]!["KC_SPI_EVENTS_LISTENER__JBOSS_LOGGING__ERROR_LEVEL"]).ShouldBe("debug");

    /// <summary>Keycloak puts placeholders into the realm file's text as they are.</summary>
    [Fact]
    public async Task A_community_may_have_any_name()
    {
        const string Name = @"The ""Old"" Mill: 'it is' \o/ #1";
        var variables = Compose.Variables.Select(variable => variable.Name).Distinct().ToDictionary(name => name, name => "x");
        variables["COMMUNITY_NAME"] = Name;
        using RunFolder folder = new();
        var start = folder.File("start-keycloak");
        File.Copy(PathOf("idp-flows", "start-keycloak"), start);
        await File.WriteAllTextAsync(folder.File("kc.sh"), "#!/bin/sh\nprintf '%s' \"$COMPANION_COMMUNITY\"\n", TestContext.Current.CancellationToken);
        await Tool.RunAsync("chmod", ["700", folder.File("kc.sh")], TestContext.Current.CancellationToken);

        var homeserver = new YamlStream();
        homeserver.Load(new StringReader(Compose.ConfigurationFile("homeserver", variables)));
        var provider = homeserver.Documents.Single().RootNode["oidc_providers"][0];
        var placeholder = await Tool.RunAsync(
            start, [], TestContext.Current.CancellationToken, environment: Compose.EnvironmentOf("keycloak", variables));

        ((string?)provider["idp_name"]).ShouldBe(Name);
        ((string?)JsonNode.Parse($"\"{placeholder}\"")).ShouldBe(Name);
    }

    [Fact]
    public void A_change_of_sources_lets_Maven_download_nothing_again() =>
        Dockerfile.Read("idp-flows/Dockerfile").Of("RUN").Where(run => Dockerfile.CommandOf(run).StartsWith("mvn ", StringComparison.Ordinal))
            .ShouldAllBe(run => run.StartsWith("--mount=type=cache,target=/root/.m2 "));

    [Fact]
    public void The_companion_is_given_keys_that_it_knows_and_that_are_documented()
    {
        var readme = File.ReadAllText(PathOf("README.md"));
        var keys = CompanionSettings.Select(setting => setting.Key).Where(key => key.Contains("__", StringComparison.Ordinal)).ToList();

        keys.ShouldAllBe(key => IsKnown(key));
        keys.Select(key => string.Join(':', key.Split("__")[..2])).ShouldAllBe(key => readme.Contains($"`{key}"));
    }

    [Fact]
    public void The_companion_is_configured_as_in_the_sandbox()
    {
        var source = File.ReadAllText(PathOf("tests", "Sandbox", "Worlds", "CompanionSettings.cs"));
        // Rooms and rules are the operator's to name; the pace is for tests.
        var sandbox = SettingName().Matches(source[..source.IndexOf("void AddPace", StringComparison.Ordinal)])
            .Select(match => match.Groups[1].Value)
            .Where(name => !name.StartsWith("Approvals__", StringComparison.Ordinal))
            .Except(["Matrix__SpaceRoomId", "Matrix__WelcomeText"]).ToList();

        sandbox.Count.ShouldBeGreaterThan(20);
        sandbox.ShouldBeSubsetOf(CompanionSettings.Select(setting => setting.Key));
    }

    [Fact]
    public void Keycloak_is_given_options_and_placeholders_that_exist()
    {
        var manual = File.ReadAllText(PathOf("idp-flows", "README.md")) + File.ReadAllText(PathOf("docs", "operations.md"));
        var realm = File.ReadAllText(PathOf("idp-flows", "realm", "realm.json"));
        var settings = Compose.Services["keycloak"]["environment"]!.AsObject().Select(setting => setting.Key).ToList();

        settings.Where(name => name.StartsWith("KC_SPI_", StringComparison.Ordinal)).ShouldAllBe(name => manual.Contains($"`{name}`"));
        var theme = File.ReadAllText(PathOf("idp-theme", "account", "theme", "theme.properties"));
        settings.Where(name => name.StartsWith("COMPANION_", StringComparison.Ordinal))
            .ShouldAllBe(name => realm.Contains($"${{{name}}}") || realm.Contains($"${{{name}:") || theme.Contains($"${{env.{name}:"));
        WithoutDefault().Matches(realm).Select(match => match.Groups[1].Value).ShouldBeSubsetOf(settings);
    }

    [Fact]
    public void What_is_mounted_or_copied_into_images_is_there_and_let_through()
    {
        var mounts = Mounts().Where(mount => mount.StartsWith("./.compose/", StringComparison.Ordinal)).ToList();
        var copied = Dockerfiles().SelectMany(file => file.Of("COPY"))
            .Where(copy => !copy.StartsWith("--from", StringComparison.Ordinal)).SelectMany(copy => copy.Split(' ')[..^1]).ToList();
        var admitted = File.ReadLines(PathOf(".dockerignore")).Where(line => line.StartsWith('!')).Select(line => line[1..]).ToList();

        mounts.Count.ShouldBe(5);
        mounts.ShouldAllBe(mount => Path.Exists(PathOf(mount.Split(':')[0])));
        copied.ShouldAllBe(source => Path.Exists(PathOf(source)) && admitted.Contains(source.Split('/')[0]));
    }

    /// <summary>Follows the key through an options class of its section.</summary>
    private static bool IsKnown(string key)
    {
        var words = key.Split("__");
        return typeof(HostingOptions).Assembly.GetTypes()
            .Where(type => type.GetField("SectionName")?.GetRawConstantValue() as string == words[0])
            .Any(type => Leads(type, words[1..]));
    }

    private static bool Leads(Type? type, IEnumerable<string> words)
    {
        foreach (var word in words)
        {
            type = type is { IsGenericType: true } && typeof(IEnumerable).IsAssignableFrom(type) && word.All(char.IsAsciiDigit)
                ? type.GetGenericArguments()[0]
                : type?.GetProperty(word)?.PropertyType;
        }

        return type is not null;
    }

    private static IEnumerable<string> Mounts() => Compose.Services.Keys.SelectMany(Mounts);

    private static List<string> Mounts(string service) => Texts(Compose.Services[service]["volumes"]);

    /// <summary>All that are pulled or built.</summary>
    private static IEnumerable<string> Images() =>
        Compose.Services.Values.Select(service => (string)service["image"]!).Concat(Dockerfiles().SelectMany(file => file.Images));

    private static IEnumerable<Dockerfile> Dockerfiles() =>
        Compose.Services.Values.Select(service => (string?)service["build"]?["dockerfile"]).OfType<string>().Select(Dockerfile.Read);

    private static List<string> Texts(JsonNode? list) => [.. (list as JsonArray ?? []).Select(item => (string)item!)];

    private static IEnumerable<string> TagsOf(string product) => Images().Where(image => image.Contains(product, StringComparison.Ordinal))
        .Select(image => image[(image.LastIndexOf(':') + 1)..]).Distinct();

    private static string PathOf(params string[] parts) => Path.Combine([Repository, .. parts]);

    [GeneratedRegex(@"^[a-z0-9./-]+:v?\d+\.\d+(\.\d+)?(-[a-z0-9-]+)?$")]
    private static partial Regex Pinned();

    [GeneratedRegex("(PASSWORD|SECRET|TOKEN|MASTER_?KEY)$", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();

    [GeneratedRegex("\\[\"([A-Za-z]+(?:__\\w+)+|SSL_CERT_FILE)\"\\]")]
    private static partial Regex SettingName();

    [GeneratedRegex(@"\$\{(COMPANION_[A-Z_]+)\}")]
    private static partial Regex WithoutDefault();
}
