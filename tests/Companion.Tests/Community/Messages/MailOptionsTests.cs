using System.Security.Cryptography;
using Companion.Adapters.Smtp;
using Companion.Community.Messages;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Companion.Tests.Community.Messages;

public sealed class MailOptionsTests : IDisposable
{
    private readonly string _keyFile = Path.GetTempFileName();

    public void Dispose() => File.Delete(_keyFile);

    [Theory]
    [InlineData("Security=Implicit")]
    [InlineData("Security=None;Host=127.0.0.1")]
    [InlineData("Username=companion;Password=secret;Authentication=Login")]
    [InlineData("Username=companion;Authentication=XOAuth2;OAuth:TokenFile=/run/token")]
    [InlineData("Username=companion;Authentication=XOAuth2;OAuth:TokenUrl=https://id.example.org/token;OAuth:ClientId=c;OAuth:ClientSecret=s")]
    [InlineData("Username=companion;Authentication=XOAuth2;OAuth:TokenUrl=http://127.0.0.1:8080/token;OAuth:ClientId=c;OAuth:ClientSecret=s")]
    public void Whole_settings_are_taken(string settings) => Read(settings).IsConfigured.ShouldBeTrue();

    [Theory]
    [InlineData("Security=None", "Mail:Security")]
    [InlineData("Username=companion", "Mail:Username")]
    [InlineData("Password=secret", "Mail:Username")]
    [InlineData("Authentication=XOAuth2;OAuth:TokenFile=/run/token", "Mail:Username")]
    [InlineData("Username=companion;Password=secret;Authentication=XOAuth2;OAuth:TokenFile=/run/token", "Mail:Username")]
    [InlineData("Username=companion;Authentication=XOAuth2", "Mail:OAuth")]
    [InlineData("Username=companion;Authentication=XOAuth2;OAuth:TokenUrl=http://id.example.org/token;OAuth:ClientId=c;OAuth:ClientSecret=s", "Mail:OAuth")]
    [InlineData("Username=companion;Authentication=XOAuth2;OAuth:TokenFile=/run/token;OAuth:TokenUrl=https://id.example.org/token", "Mail:OAuth")]
    [InlineData("Dkim:Domain=harbour.example", "Mail:Dkim")]
    public void What_does_not_fit_together_stops_the_start(string settings, string named) =>
        Should.Throw<OptionsValidationException>(() => Read(settings)).Message.ShouldContain(named);

    [Theory]
    [InlineData("harbour.example", true)]
    [InlineData("example", true)]
    [InlineData("arbour.example", false)]
    [InlineData("mail.harbour.example", false)]
    public void A_signature_is_of_the_senders_domain_or_of_one_above(string domain, bool fits)
    {
        using var key = RSA.Create(2048);
        File.WriteAllText(_keyFile, key.ExportPkcs8PrivateKeyPem());
        var settings = $"Dkim:Domain={domain};Dkim:Selector=companion;Dkim:KeyFile={_keyFile}";

        if (fits)
        {
            Read(settings).Dkim.IsUsed.ShouldBeTrue();
        }
        else
        {
            Should.Throw<OptionsValidationException>(() => Read(settings)).Message.ShouldContain("Mail:Dkim:Domain");
        }
    }

    [Fact]
    public void A_key_that_can_not_sign_stops_the_start()
    {
        using var key = RSA.Create(2048);
        using var weak = RSA.Create(512);
        using var other = ECDsa.Create();
        string[] bad = ["", "no key", key.ExportRSAPublicKeyPem(), weak.ExportPkcs8PrivateKeyPem(), other.ExportPkcs8PrivateKeyPem()];

        foreach (var text in bad)
        {
            File.WriteAllText(_keyFile, text);
            Should.Throw<OptionsValidationException>(() => Read($"Dkim:Domain=harbour.example;Dkim:Selector=companion;Dkim:KeyFile={_keyFile}"))
                .Message.ShouldContain("Mail:Dkim:KeyFile", customMessage: text);
        }

        File.WriteAllText(_keyFile, key.ExportRSAPrivateKeyPem());
        Read($"Dkim:Domain=harbour.example;Dkim:Selector=companion;Dkim:KeyFile={_keyFile}").Dkim.IsUsed.ShouldBeTrue();
    }

    private static MailOptions Read(string settings)
    {
        var values = "Host=mail.example.org;From=invitations@harbour.example".Split(';').Concat(settings.Split(';'))
            .Select(pair => pair.Split('=', 2))
            .GroupBy(pair => $"Mail:{pair[0]}", pair => (string?)pair[1])
            .ToDictionary(group => group.Key, group => group.Last());
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(values).Build())
            .AddDelivery()
            .AddSmtp();
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<MailOptions>>().Value;
    }
}
