using System.Buffers.Text;
using System.Text;

namespace Companion.Oversight.Moderation;

/// <summary>Where a page of people ended; opaque to clients.</summary>
internal sealed record PeopleCursor(int Below, AccountId Account)
{
    private const int LongestText = 400;

    public static PeopleCursor Start { get; } = new(int.MaxValue, new AccountId(""));

    /// <returns>Null for what is no cursor of ours.</returns>
    public static PeopleCursor? Parse(string text)
    {
        if (text.Length > LongestText || !Base64Url.IsValid(text))
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('.', 2);
        return parts is [var below, var account] && int.TryParse(below, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && StorableText.Is(account)
            ? new PeopleCursor(number, new AccountId(account))
            : null;
    }

    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Below}.{Account.Value}")));
}
