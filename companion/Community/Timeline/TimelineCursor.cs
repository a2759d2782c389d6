using System.Buffers.Text;
using System.Text;

namespace Companion.Community.Timeline;

/// <summary>Where a page ended; opaque to callers.</summary>
/// <param name="Transaction">Only in the feed, which is ordered by it first.</param>
internal sealed record TimelineCursor(ulong? Transaction, long Id)
{
    private const int LongestText = 64;

    internal string? TransactionText => Transaction?.ToString(CultureInfo.InvariantCulture);

    /// <summary>In the feed's order.</summary>
    public bool IsBefore(TimelineCursor other) => (Transaction ?? 0, Id).CompareTo((other.Transaction ?? 0, other.Id)) < 0;

    /// <returns>Null for what this class did not write, or wrote for the other order.</returns>
    public static TimelineCursor? Parse(string text, bool oldestFirst)
    {
        if (text.Length > LongestText || !Base64Url.IsValid(text))
        {
            return null;
        }

        var parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)).Split('.');
        return parts switch
        {
            ["n", var id] when !oldestFirst && Number(id) is { } position => new TimelineCursor(null, position),
            ["o", var transaction, var id] when oldestFirst
                && ulong.TryParse(transaction, NumberStyles.None, CultureInfo.InvariantCulture, out var xid)
                && Number(id) is { } position => new TimelineCursor(xid, position),
            _ => null,
        };
    }

    public override string ToString() => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(Transaction is { } xid
        ? string.Create(CultureInfo.InvariantCulture, $"o.{xid}.{Id}")
        : string.Create(CultureInfo.InvariantCulture, $"n.{Id}")));

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
