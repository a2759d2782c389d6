namespace Companion.Journey.Landing;

/// <summary>What an invite's endpoints need to answer one visitor.</summary>
internal readonly record struct Visit(ReadInvite Invites, InvitePages Pages, LandingLanguage Languages, TimeProvider Clock)
{
    /// <returns>The code is the token in its one spelling; empty where the visitor has none.</returns>
    public async Task<(LandingForm Form, LandingView View, string Code, string Language)> ReadAsync(HttpContext http)
    {
        var form = await LandingForm.ReadAsync(http.Request, http.RequestAborted);
        var code = form["token"];
        var view = await Invites.FindAsync(code, http.RequestAborted);
        return (form, view, ReadInvite.TokenIn(code)?.Reveal() ?? "", Languages.Of(http.Request, form["lang"]));
    }
}
