using System.Text.Json.Nodes;

namespace StandIns.IdentityProvider;

/// <summary>What a newcomer answered to the community's own questions, cut where a message would grow too long for the companion.</summary>
internal sealed class Answers
{
    private const int MostBytes = 12 * 1024;

    private const string Cut = "…";

    /// <summary>Quotes, comma, brackets and colon around a name or a value, and the mark of a cut.</summary>
    private const int Frame = 8;

    private int _left = MostBytes;

    private Answers()
    {
    }

    /// <returns>Null when nothing is asked, or nothing answered.</returns>
    public static JsonObject? Of(Realm realm, Account account)
    {
        var (room, answers) = (new Answers(), new JsonObject());
        foreach (var question in realm.Questions)
        {
            if (account.Attributes.GetValueOrDefault(question) is { Count: > 0 } given && room.Fit(question) == question)
            {
                answers[question] = Json.Array(given.Select(room.Fit).Where(value => value.Length > 0));
            }
        }

        return answers.Count > 0 ? answers : null;
    }

    private string Fit(string text)
    {
        var room = _left - Frame;
        var fitting = JsonText.Cut(text, room);
        if (fitting.Length == text.Length)
        {
            _left = room - JsonText.Bytes(text);
            return text;
        }

        _left = 0;
        return fitting.Length == 0 ? "" : fitting + Cut;
    }
}
