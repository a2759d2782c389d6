using System.Globalization;

namespace Sandbox.Processes;

/// <summary>An account of this machine that a program which refuses to be root is run as.</summary>
public sealed record Account(string Name, int UserId, int GroupId)
{
    internal IReadOnlyList<string> Prefix =>
        [
            "setpriv",
            string.Create(CultureInfo.InvariantCulture, $"--reuid={UserId}"),
            string.Create(CultureInfo.InvariantCulture, $"--regid={GroupId}"),
            "--clear-groups",
        ];

    internal string Owner => string.Create(CultureInfo.InvariantCulture, $"{UserId}:{GroupId}");

    /// <summary>Null when the caller is not root and nothing has to be dropped.</summary>
    public static Account? UnprivilegedIfRoot() =>
        System.Environment.IsPrivilegedProcess ? Find("nobody") : null;

    private static Account Find(string name)
    {
        foreach (var line in File.ReadLines("/etc/passwd"))
        {
            var fields = line.Split(':');
            if (fields.Length > 3 && fields[0] == name)
            {
                return new(name, int.Parse(fields[2], CultureInfo.InvariantCulture), int.Parse(fields[3], CultureInfo.InvariantCulture));
            }
        }

        throw new SandboxException($"PostgreSQL refuses to run as root and there is no account '{name}': run this as a plain user.");
    }
}
