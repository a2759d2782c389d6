using Microsoft.AspNetCore.Http.Features;

namespace Companion.Journey.Landing;

/// <summary>The fields of a page's form; a body that is no form, or too large, has none.</summary>
internal sealed class LandingForm
{
    public const int MaxBytes = 8 * 1024;

    private static readonly FormOptions Limits = new()
    {
        ValueCountLimit = 16,
        KeyLengthLimit = 64,
        ValueLengthLimit = 2048,
        MultipartBodyLengthLimit = MaxBytes,
    };

    private readonly IFormCollection _fields;

    private LandingForm(IFormCollection fields) => _fields = fields;

    /// <returns>Null where the field is missing or given twice.</returns>
    public string? this[string name] => _fields[name] is [var single] ? single : null;

    public static async Task<LandingForm> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var feature = new FormFeature(request, Limits);
        try
        {
            return new LandingForm(feature.HasFormContentType ? await feature.ReadFormAsync(cancellationToken) : FormCollection.Empty);
        }
        catch (Exception exception) when (exception is InvalidDataException or BadHttpRequestException)
        {
            return new LandingForm(FormCollection.Empty);
        }
    }
}

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
