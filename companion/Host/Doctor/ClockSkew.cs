namespace Companion.Host.Doctor;

/// <summary>How far another machine's clock may be off: signatures hold five minutes, tokens thirty seconds.</summary>
internal static class ClockSkew
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(10);

    public static Finding Judge(string whose, DateTimeOffset theirs, DateTimeOffset ours)
    {
        var off = (theirs - ours).Duration();
        return off <= Tolerance
            ? Finding.Good($"The clock of {whose} agrees with this one.")
            : Finding.Problem(string.Create(
                CultureInfo.InvariantCulture,
                $"The clock of {whose} is {off.TotalSeconds:0} seconds off. Let both machines keep time by NTP: tokens and signatures of either will be refused."));
    }
}
