using System.Globalization;
using System.Text.RegularExpressions;

namespace StandIns.IdentityProvider;

/// <summary>A text's key in the theme and what goes into it.</summary>
internal sealed record Complaint(string Key, params object[] Values);

/// <summary>The rules <c>length</c>, <c>notUsername</c> and <c>notEmail</c> of a realm's password policy.</summary>
internal sealed partial class PasswordPolicy(string policy)
{
    public int Shortest { get; } = Length().Match(policy) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;

    /// <returns>Null when the password is good enough.</returns>
    public Complaint? Check(string password, string username, string? email)
    {
        if (password.Length < Shortest)
        {
            return new Complaint("invalidPasswordMinLengthMessage", Shortest);
        }

        if (policy.Contains("notUsername", StringComparison.Ordinal) && password.Equals(username, StringComparison.OrdinalIgnoreCase))
        {
            return new Complaint("invalidPasswordNotUsernameMessage");
        }

        return policy.Contains("notEmail", StringComparison.Ordinal) && password.Equals(email, StringComparison.OrdinalIgnoreCase)
            ? new Complaint("invalidPasswordNotEmailMessage")
            : null;
    }

    [GeneratedRegex(@"(?<![A-Za-z])length\((\d+)\)")]
    private static partial Regex Length();
}
