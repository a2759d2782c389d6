namespace Companion.IntegrationTests.Foundation.Web;

public sealed class SettingTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData("Database:ConnectionString", "", "Database:ConnectionString")]
    [InlineData("Security:MasterKey", "c2hvcnQ=", "Security:MasterKey")]
    [InlineData("Community:Name", "", "Community:Name")]
    [InlineData("Community:PublicUrl", "https://companion.example.org/", "Community:PublicUrl")]
    [InlineData("Keycloak:Realm", "", "Keycloak:Realm")]
    [InlineData("Keycloak:PublicUrl", "id.example.org", "Keycloak:PublicUrl")]
    [InlineData("Authentication:JwksUri", "http://id.example.org/certs", "Authentication:JwksUri")]
    [InlineData("Authentication:AllowedOrigins:0", "https://id.example.org/", "Authentication:AllowedOrigins")]
    [InlineData("Hosting:KnownProxies:0", "proxy.example.org", "Hosting:KnownProxies")]
    [InlineData("Directory:CacheSeconds", "61", "Directory:CacheSeconds")]
    [InlineData("Directory:Groups:0:Path", "members", "Directory:Groups:<n>:Path")]
    [InlineData("Invites:Lifetime", "00:59:59", "Invites:Lifetime")]
    [InlineData("Invites:Lifetime", "90.00:00:01", "Invites:Lifetime")]
    [InlineData("Contacts:KeepAfterEnd", "-1.00:00:00", "Contacts:KeepAfterEnd")]
    [InlineData("Webhooks:Endpoints:0:Url", "http://crm.example.org/", "Webhooks:Endpoints:0:Url")]
    [InlineData("Webhooks:Endpoints:0:Enabled", "mostly", "Webhooks:Endpoints:0:Enabled")]
    [InlineData("Webhooks:Endpoints:0:Typo", "invite_*", "Webhooks:Endpoints:0:Typo")]
    [InlineData("Mail:Dkim:Slector", "companion", "Mail:Dkim:Slector")]
    [InlineData("Mail:Domain", "example.org", "Mail:Domain")]
    [InlineData("Community:FirstSteps:0:Txt:en", "Say hello", "Community:FirstSteps:0:Txt")]
    [InlineData("Approvals:Rules:0:When:Domain:0", "example.org", "Approvals:Rules:0:When:Domain")]
    [InlineData("Keyclok:Realm", "harbour", "Keyclok")]
    public async Task A_missing_or_wrong_setting_stops_the_start_and_is_named_in_full(string key, string value, string named)
    {
        // One wrong setting may fail more than one section; the command line tells both alike.
        var failure = await Should.ThrowAsync<Exception>(async () =>
        {
            await using var host = await CompanionHost.StartAsync(postgres, settings => settings.Configuration[key] = value);
        });

        failure.Message.ShouldContain(named);
    }

    [Theory]
    [InlineData("Contacts:KeepAfterEnd", "-1.00:00:00", "Contacts:KeepAfterEnd must be")]
    [InlineData("Directory:CacheSeconds", "61", "Directory:CacheSeconds must be")]
    [InlineData("Webhooks:Endpoints:0:Url", "http://crm.example.org/", "Webhooks:Endpoints:0:Url")]
    [InlineData("Webhooks:Endpoints:0:Secret", "hunter2", "Webhooks:Endpoints:0:Secret must be")]
    public async Task A_wrong_setting_is_reported_once(string key, string value, string sentence)
    {
        var failure = await Should.ThrowAsync<Exception>(async () =>
        {
            await using var host = await CompanionHost.StartAsync(postgres, settings => settings.Configuration[key] = value);
        });

        failure.ToString().Split(sentence).Length.ShouldBe(2, failure.ToString());
    }
}
