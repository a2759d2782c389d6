namespace Companion.Journey.Members;

/// <summary>What the bot writes to a chat account that somebody says is theirs.</summary>
internal static class ChatCodeText
{
    /// <param name="language">en or de; English for any other.</param>
    public static string In(string language, string community, string code) => language == "de"
        ? $"Dein Code für {community}: {code}\nEr gilt {Minutes} Minuten. Gib ihn nur auf der Seite ein, auf der du ihn angefordert hast. "
            + "Wenn du ihn nicht angefordert hast, ist nichts zu tun."
        : $"Your code for {community}: {code}\nIt is valid for {Minutes} minutes. Enter it only on the page where you asked for it. "
            + "If you didn't ask for it, there is nothing to do.";

    private static int Minutes => (int)MemberDecider.CodeLifetime.TotalMinutes;
}
