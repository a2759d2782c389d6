namespace Companion.Host.CommandLine;

/// <summary>What the process says when it ends; listed by --help.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    public const int Failed = 1;

    public const int Usage = 2;

    public const int Configuration = 3;

    public const int Unavailable = 4;

    public const string Help =
        "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 configuration incomplete or wrong, 4 the database is away or the role lacks rights.";
}
