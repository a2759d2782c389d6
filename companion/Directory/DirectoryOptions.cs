namespace Companion.Directory;

/// <summary>Configuration section Directory: who may invite into what. An organisation may be invited into by its members.</summary>
internal sealed class DirectoryOptions
{
    public const string SectionName = "Directory";

    /// <summary>Groups that invitations may offer.</summary>
    public List<GroupRule> Groups { get; set; } = [];

    /// <summary>How long an inviter's standing and rooms may be remembered, 0 to 60 seconds.</summary>
    public int CacheSeconds { get; set; } = 30;

    internal static bool IsPath(string path) => path is ['/', not '/', ..] && !path.EndsWith('/') && !path.Any(char.IsControl);
}

internal sealed class GroupRule
{
    /// <summary>Path of the group that may be offered, e.g. /members.</summary>
    public string Path { get; set; } = "";

    /// <summary>Paths of the groups whose members may offer it; a path covers its subgroups.</summary>
    public List<string> InvitedBy { get; set; } = [];
}
