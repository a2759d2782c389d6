using System.Text.Encodings.Web;
using System.Text.Json;

namespace StandIns.IdentityProvider;

/// <summary>How much room texts take in a message; the companion refuses one that is too long.</summary>
internal static class JsonText
{
    /// <summary>As Keycloak writes JSON: a body of many letters beyond ASCII is no longer than that.</summary>
    public static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>The beginning of the text that takes at most so many bytes, never half a character.</summary>
    public static string Cut(string text, int most)
    {
        var end = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            most -= Bytes(rune.ToString());
            if (most < 0)
            {
                return text[..end];
            }

            end += rune.Utf16SequenceLength;
        }

        return text;
    }

    public static int Bytes(string text) => JsonEncodedText.Encode(text, Encoder).EncodedUtf8Bytes.Length;
}
