using System.Security.Cryptography;
using Companion.Community.Messages;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;

namespace Companion.IntegrationTests.Adapters.Smtp;

public sealed class DkimTests : SmtpTest
{
    private readonly RSA _key = RSA.Create(2048);

    [Theory]
    [InlineData("anna@example.org", true)]
    [InlineData("anna@example.org", false)]
    [InlineData("anna@xn--e1aybc.example", true)]
    public async Task A_signed_mail_is_proved_by_the_public_key(string to, bool offersUtf8)
    {
        await ServeAsync(new() { OffersUtf8 = offersUtf8 });
        var text = new MailText("Žofie hat dich eingeladen", "Grüße  an 山田 \r\n.\r\n\r\n", "<p>Grüße</p>");

        await SendSignedAsync(to, text);

        var message = MimeMessage.Load(new MemoryStream(Sink.Mails.ShouldHaveSingleItem().Raw), Ct);
        var signature = message.Headers.Single(header => header.Id == HeaderId.DkimSignature);
        (await VerifyAsync(message, signature)).ShouldBeTrue();
        var signed = signature.Value.Split(';').Single(tag => tag.Trim().StartsWith("h=", StringComparison.Ordinal)).ToLowerInvariant();
        string[] expected = ["from", "to", "subject", "date", "message-id", "list-unsubscribe:", "list-unsubscribe-post"];
        expected.ShouldAllBe(header => signed.Contains(header));
        signature.Value.ShouldContain("d=harbour.example");
        signature.Value.ShouldContain("s=companion");
    }

    [Fact]
    public async Task A_mail_that_was_changed_on_its_way_is_not_proved()
    {
        await SendSignedAsync("anna@example.org", new MailText("Hello", "Hello\r\n", "<p>Hello</p>"));

        var source = Sink.Mails.ShouldHaveSingleItem().Source;
        foreach (var changed in (string[])[source.Replace("<p>Hello", "<p>Hullo", StringComparison.Ordinal), source.Replace("Subject: Hello", "Subject: Hullo", StringComparison.Ordinal)])
        {
            changed.ShouldNotBe(source);
            var message = MimeMessage.Load(new MemoryStream(System.Text.Encoding.Latin1.GetBytes(changed)), Ct);
            (await VerifyAsync(message, message.Headers.Single(header => header.Id == HeaderId.DkimSignature))).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task To_an_address_in_other_letters_nothing_is_signed()
    {
        await SendSignedAsync("анна@xn--e1aybc.example", new MailText("Hello", "Hello\r\n", "<p>Hello</p>"));

        Sink.Mails.ShouldHaveSingleItem().Content.Header("DKIM-Signature").ShouldBeNull();
    }

    [Fact]
    public async Task Without_a_key_nothing_is_signed()
    {
        await SendAsync();

        Sink.Mails.ShouldHaveSingleItem().Content.Header("DKIM-Signature").ShouldBeNull();
    }

    private async Task SendSignedAsync(string to, MailText text)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, _key.ExportPkcs8PrivateKeyPem(), Ct);
            Name(await SendAsync(Mail(to, text), options =>
                (options.Dkim.Domain, options.Dkim.Selector, options.Dkim.KeyFile) = ("harbour.example", "companion", file))).ShouldBe("Accepted");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private Task<bool> VerifyAsync(MimeMessage message, Header signature) =>
        new DkimVerifier(new Locator(_key)).VerifyAsync(message, signature, Ct);

    /// <summary>What receivers look up in DNS.</summary>
    private sealed class Locator(RSA key) : DkimPublicKeyLocatorBase
    {
        public override AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken cancellationToken = default)
        {
            (domain, selector).ShouldBe(("harbour.example", "companion"));
            return GetPublicKey($"v=DKIM1; k=rsa; p={Convert.ToBase64String(key.ExportSubjectPublicKeyInfo())}");
        }

        public override Task<AsymmetricKeyParameter> LocatePublicKeyAsync(
            string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
            Task.FromResult(LocatePublicKey(methods, domain, selector, cancellationToken));
    }
}
