using System.Text.RegularExpressions;
using Companion.Tests.Foundation.Store;

namespace Companion.Tests;

/// <summary>What is written in two places says the same in both.</summary>
public sealed class RepositoryTests
{
    [Fact]
    public void The_provider_is_built_for_the_Keycloak_that_it_is_tested_on() =>
        Element("keycloak.version", "idp-flows", "pom.xml").ShouldBe(Element("KeycloakVersion", "Directory.Build.props"));

    [Fact]
    public void Companion_and_provider_have_one_version() =>
        Element("version", "idp-flows", "pom.xml").ShouldBe(Element("Version", "Directory.Build.props"));

    [Fact]
    public void The_catalogue_of_events_names_every_event()
    {
        var readme = Repository.Read("README.md");

        StreamTypes.All.SelectMany(stream => stream.EventTypes).Select(type => type.Alias).ShouldAllBe(alias => readme.Contains($"`{alias}`"));
    }

    [Fact]
    public void The_configuration_table_names_every_section()
    {
        var readme = Repository.Read("README.md");
        var sections = typeof(Companion.Foundation.Web.HostingOptions).Assembly.GetTypes()
            .Select(type => type.GetField("SectionName")?.GetRawConstantValue() as string)
            .OfType<string>();

        sections.ShouldAllBe(section => readme.Contains($"`{section}:"));
    }

    private static string Element(string name, params string[] file) =>
        Regex.Match(Repository.Read(file), $"<{Regex.Escape(name)}>([^<]+)</").Groups[1].Value;
}
