using System.Diagnostics.Metrics;
using Companion.Community.Directory;
using Companion.Foundation.Web;
using Companion.Journey.Invites;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Companion.Journey.Landing;

/// <summary>The pages that an invitation's link opens, for people without an account.</summary>
internal static class LandingEndpoints
{
    public static IEndpointRouteBuilder MapLanding(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("")
            .AllowAnonymous()
            .AddEndpointFilter<LandingFilter>()
            .WithMetadata(new RequestSizeLimitAttribute(LandingForm.MaxBytes), new ThrottledPage())
            .ExcludeFromDescription();
        string[] looking = [HttpMethods.Get, HttpMethods.Head];
        group.MapMethods("/i", looking, (HttpRequest request, string? lang, LandingLanguage languages, InvitePages pages) =>
            pages.Paste(languages.Of(request, lang)));
        group.MapMethods("/i/landing.css", looking, () => File("landing.css", "text/css"));
        group.MapMethods("/i/landing.js", looking, () => File("landing.js", "text/javascript"));
        group.MapPost("/i/exchange", ExchangeAsync).RequireRateLimiting(RateLimits.TokenChecks);
        group.MapPost("/i/decline", DeclineAsync).RequireRateLimiting(RateLimits.TokenChecks);
        group.MapPost("/i/renewal", RenewAsync).RequireRateLimiting(RateLimits.TokenChecks);
        group.MapPost("/i/reopening", TellWhenOpenAsync).RequireRateLimiting(RateLimits.TokenChecks);
        group.MapMethods("/never-again", looking, (HttpRequest request, string? c, string? lang, LandingLanguage languages, NeverAgain page) =>
            page.Ask(c, languages.Of(request, lang)));
        group.MapPost("/never-again", NeverAgainAsync).RequireRateLimiting(RateLimits.Unsubscriptions);
        return routes;
    }

    /// <summary>Shows the invite of a token; its button comes here too, and goes on to the identity provider. Consumes nothing.</summary>
    private static async Task<Results<ContentHttpResult, StatusCodeHttpResult>> ExchangeAsync(
        HttpContext http,
        [AsParameters] Visit visit,
        InviteHandles handles,
        InviteOpenings openings,
        ISignIn signIn,
        LandingMetrics metrics)
    {
        var (form, view, code, language) = await visit.ReadAsync(http);
        if (view.State == LandingState.Good && form["step"] == "continue")
        {
            await openings.RecordAsync(view.Reference!.InviteId, visit.Clock.GetUtcNow(), http.RequestAborted);
            http.Response.Headers.Location = signIn.RegisterUrl(handles.Issue(view.Reference!, visit.Clock.GetUtcNow()), language);
            return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
        }

        metrics.Opened(view.State);
        return visit.Pages.Show(view, code, language);
    }

    /// <summary>Only the ticked box declines: scanners that send every form they find leave it empty.</summary>
    private static async Task<ContentHttpResult> DeclineAsync(HttpContext http, [AsParameters] Visit visit, DeclineByInvitee decline)
    {
        var (form, view, code, language) = await visit.ReadAsync(http);
        if (view.State == LandingState.Good && form["confirm"] == "yes")
        {
            await decline.RunAsync(view.Reference!, http.RequestAborted);
            view = await visit.Invites.FindAsync(code, http.RequestAborted);
        }

        return visit.Pages.Show(view, code, language);
    }

    private static async Task<ContentHttpResult> RenewAsync(HttpContext http, [AsParameters] Visit visit, AskForRenewal renewal)
    {
        var (_, view, code, language) = await visit.ReadAsync(http);
        if (view.State != LandingState.Expired)
        {
            return visit.Pages.Show(view, code, language);
        }

        await renewal.RunAsync(view.Reference!, http.RequestAborted);
        return visit.Pages.Asked(view, code, language);
    }

    /// <summary>While inviting is paused, the invitee may wish to hear when it goes on.</summary>
    private static async Task<ContentHttpResult> TellWhenOpenAsync(HttpContext http, [AsParameters] Visit visit, PauseWishes wishes)
    {
        var (_, view, code, language) = await visit.ReadAsync(http);
        if (view.State == LandingState.Paused)
        {
            await wishes.AddAsync(view.Reference!.InviteId, visit.Clock.GetUtcNow(), http.RequestAborted);
            view = await visit.Invites.FindAsync(code, http.RequestAborted);
        }

        return visit.Pages.Show(view, code, language);
    }

    private static async Task<ContentHttpResult> NeverAgainAsync(HttpContext http, LandingLanguage languages, NeverAgain page)
    {
        var form = await LandingForm.ReadAsync(http.Request, http.RequestAborted);
        var language = languages.Of(http.Request, form["lang"] ?? http.Request.Query["lang"]);
        var reference = form["c"] ?? http.Request.Query["c"];
        return form["confirm"] == "yes" || form["List-Unsubscribe"] == "One-Click"
            ? await page.SuppressAsync(reference, language, http.RequestAborted)
            : page.Ask(reference, language);
    }

    private static ContentHttpResult File(string name, string type) => TypedResults.Content(LandingFiles.Read(name), $"{type}; charset=utf-8");
}

/// <summary>Meter Companion.Landing: landing.opens{state}. Scanners open links too, so this is no fact about a person.</summary>
internal sealed class LandingMetrics(IMeterFactory meters)
{
    public const string MeterName = "Companion.Landing";

    private readonly Counter<long> _opens = meters.Create(MeterName).CreateCounter<long>("landing.opens");

    public void Opened(LandingState state) => _opens.Add(1, new KeyValuePair<string, object?>("state", state.ToString()));
}
