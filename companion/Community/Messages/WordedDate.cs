namespace Companion.Community.Messages;

/// <summary>Dates in words, also where the machine has no language data.</summary>
internal static class WordedDate
{
    private static readonly string[] EnglishDays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

    private static readonly string[] GermanDays = ["Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"];

    private static readonly string[] EnglishMonths =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    private static readonly string[] GermanMonths =
        ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"];

    /// <summary>Time that is left, in whole days or hours: in two days, in 5 hours.</summary>
    public static string Left(TimeSpan left, string language)
    {
        var isGerman = language == "de";
        var inDays = left >= TimeSpan.FromHours(36);
        var count = Math.Max(1, (int)Math.Round(inDays ? left.TotalDays : left.TotalHours, MidpointRounding.AwayFromZero));
        var number = (count, isGerman) switch
        {
            (1, true) => "einer",
            (1, false) => "one",
            (2, true) => "zwei",
            (2, false) => "two",
            _ => count.ToString(CultureInfo.InvariantCulture),
        };
        var unit = (inDays, isGerman) switch
        {
            (true, true) => "Tagen",
            (true, false) => "days",
            (false, true) => count == 1 ? "Stunde" : "Stunden",
            (false, false) => count == 1 ? "hour" : "hours",
        };
        return $"in {number} {unit}";
    }

    /// <summary>Day and time: Friday, 5 December 2026, 10:00 UTC.</summary>
    public static string InFull(DateTimeOffset time, string language)
    {
        var utc = time.ToUniversalTime();
        var clock = utc.ToString("HH:mm", CultureInfo.InvariantCulture);
        var (day, month) = ((int)utc.DayOfWeek, utc.Month - 1);
        return language == "de"
            ? string.Create(CultureInfo.InvariantCulture, $"{GermanDays[day]}, {utc.Day}. {GermanMonths[month]} {utc.Year}, {clock} Uhr (UTC)")
            : string.Create(CultureInfo.InvariantCulture, $"{EnglishDays[day]}, {utc.Day} {EnglishMonths[month]} {utc.Year}, {clock} UTC");
    }
}
