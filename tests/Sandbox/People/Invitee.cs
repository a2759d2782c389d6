using System.Net;
using System.Text.RegularExpressions;
using Sandbox.Browsing;
using Sandbox.Worlds;
using StandIns.Mail;

namespace Sandbox.People;

/// <summary>Somebody who was invited: reads the mail, follows the link, registers. One browser per person.</summary>
public sealed partial class Invitee(World world, string email, string? username = null) : IDisposable
{
    private const string RegistrationForm = "form:has([name='password'])";

    public Browser Browser { get; } = new();

    public string Email => email;

    public string Username { get; } = username ?? email.Split('@')[0];

    public string Password { get; } = Secrets.New();

    /// <summary>Waits for the invitation and returns the link in it.</summary>
    public async Task<string> ReceiveLinkAsync(CancellationToken cancellationToken, int afterMail = 0)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Eventually.Patience);
        try
        {
            var mail = await world.Mail.WaitForAsync(email, patience.Token, mail => mail.Number > afterMail && Link().IsMatch(mail.Text));
            return LinkIn(mail);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SandboxException($"No invitation came for {email}.");
        }
    }

    public static string LinkIn(ReceivedMail mail) => Link().Match(mail.Text).Value;

    /// <summary>Opens the landing page and gives it the token, as its form without script does.</summary>
    public async Task<Page> OpenAsync(string link, CancellationToken cancellationToken)
    {
        var (address, token) = (link.Split('#')[0], link.Split('#')[1]);
        var page = await Browser.OpenAsync(address, cancellationToken);
        return await Browser.SubmitAsync(page, new Dictionary<string, string> { ["token"] = token }, cancellationToken);
    }

    /// <summary>From the link to Keycloak's registration form, or to the page that is shown in its place.</summary>
    public async Task<Page> ContinueAsync(string link, CancellationToken cancellationToken)
    {
        var landing = await OpenAsync(link, cancellationToken);
        return landing.State == "good"
            ? await Browser.SubmitAsync(landing, "main > form", new Dictionary<string, string>(), cancellationToken)
            : landing;
    }

    /// <summary>Fills in the form; <paramref name="changes"/> replace or add what an honest person would send.</summary>
    public Task<Page> RegisterAsync(Page form, CancellationToken cancellationToken, IReadOnlyDictionary<string, string>? changes = null)
    {
        var answers = new Dictionary<string, string>
        {
            ["username"] = Username,
            ["firstName"] = "Anna",
            ["lastName"] = "Anders",
            ["password"] = Password,
            ["password-confirm"] = Password,
        };
        foreach (var (name, value) in changes ?? new Dictionary<string, string>())
        {
            answers[name] = value;
        }

        return Browser.SubmitAsync(form, RegistrationForm, answers, cancellationToken);
    }

    /// <summary>Whether name and password give a token.</summary>
    public async Task<HttpStatusCode> TokenStatusAsync(CancellationToken cancellationToken)
    {
        using HttpClient client = new();
        using FormUrlEncodedContent form = new(new Dictionary<string, string>
        {
            ["grant_type"] = "password",
            ["client_id"] = "admin-cli",
            ["username"] = Username,
            ["password"] = Password,
        });
        using var answer = await client.PostAsync(new Uri($"{world.Keycloak.RealmUrl}/protocol/openid-connect/token"), form, cancellationToken);
        return answer.StatusCode;
    }

    public void Dispose() => Browser.Dispose();

    [GeneratedRegex(@"https?://[^\s<>""]+/i#[A-Za-z0-9_-]+")]
    private static partial Regex Link();
}
