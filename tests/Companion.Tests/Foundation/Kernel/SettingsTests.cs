using Companion.Foundation.Kernel;
using Companion.Foundation.Web;
using Companion.Host;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Companion.Tests.Foundation.Kernel;

public sealed class SettingsTests
{
    public static TheoryData<string> Sections { get; } =
    [
        .. typeof(HostingOptions).Assembly.GetTypes().Select(type => type.GetField("SectionName")?.GetRawConstantValue() as string).OfType<string>(),
    ];

    [Theory]
    [MemberData(nameof(Sections))]
    public void A_misspelt_key_stops_the_start_and_is_named_once(string section) =>
        Failures($"{section}:Mispelt", $"{section}:Mispelt:0:Url").Count(failure => failure.StartsWith($"{section}:Mispelt is no setting", StringComparison.Ordinal)).ShouldBe(1);

    [Theory]
    [InlineData("Mial:From", "Mial is no setting")]
    [InlineData("Matrix:ManagedRooms:0:Nmae", "Matrix:ManagedRooms:0:Nmae is no setting")]
    [InlineData("Mail:OAuth:Scopes", "Mail:OAuth:Scopes is no setting")]
    [InlineData("Approvals:Rules:0:When:Domain:0", "Approvals:Rules:0:When:Domain is no setting")]
    public void So_does_a_misspelt_section_and_what_is_deeper(string key, string sentence) => Failures(key).ShouldContain(failure => failure.StartsWith(sentence, StringComparison.Ordinal));

    [Theory]
    [InlineData("KC_SPI_COMPANION:DEFAULT:URL")]
    [InlineData("npm_config:registry")]
    [InlineData("Kestrel:Limits:MaxConcurrentConnections")]
    [InlineData("mail:FROM")]
    [InlineData("PATH")]
    public void What_is_for_others_or_in_other_case_is_let_be(string key) => Failures(key).ShouldNotContain(failure => failure.Contains("is no setting"));

    [Theory]
    [InlineData("Outbox:Parallelism", "65", "The field Outbox:Parallelism must be between 1 and 64.")]
    [InlineData("Outbox:PollInterval", "00:00:00", "The field Outbox:PollInterval must be between 00:00:00 exclusive and 00:01:00.")]
    [InlineData("Keycloak:BaseUrl", "https://id.example.org/", "Keycloak:BaseUrl must be an http(s) address without a trailing slash.")]
    [InlineData("Webhooks:Endpoints:0:Secret", "hunter2", "Webhooks:Endpoints:0:Secret must be whsec_ and the base64 of 24 to 64 random bytes.")]
    public void A_sentence_has_the_key_as_it_is_configured(string key, string value, string sentence) => Failures((key, value)).ShouldContain(sentence);

    private static IReadOnlyList<string> Failures(params string[] keys) => Failures([.. keys.Select(key => (key, "1"))]);

    private static IReadOnlyList<string> Failures(params (string Key, string? Value)[] settings)
    {
        var builder = CompanionApplication.CreateBuilder([]);
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => setting.Value));
        using var services = builder.Services.BuildServiceProvider();
        return SettingFailures.Of(services.GetRequiredService<IStartupValidator>().Validate);
    }
}
