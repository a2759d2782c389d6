using System.ComponentModel.DataAnnotations;

namespace Companion.Community.Directory;

/// <summary>Configuration section Directory: who may invite into what.</summary>
[OptionsValidator]
internal sealed partial class DirectoryOptions : IValidateOptions<DirectoryOptions>
{
    public const string SectionName = "Directory";

    /// <summary>Role group of an organisation's ordinary members.</summary>
    public string UserGroup { get; set; } = "Users";

    /// <summary>Role group of those who may give <see cref="UserGroup"/> and this one.</summary>
    public string UserManagerGroup { get; set; } = "User Managers";

    /// <summary>Role group of those who may give every role group.</summary>
    public string AdminGroup { get; set; } = "Admins";

    /// <summary>Further role groups that an organisation may have, e.g. Enumerators.</summary>
    public List<string> FurtherGroups { get; set; } = [];

    /// <summary>Realm role of those who may use every organisation.</summary>
    public string CommunityAdminRole { get; set; } = "companion-admin";

    /// <inheritdoc cref="CommunityAdminRole"/>
    public string SuperuserRole { get; set; } = "companion-superuser";

    /// <summary>Attribute of an organisation that names, by alias, the organisations that own its content.</summary>
    [Required]
    public string OwnerAttribute { get; set; } = "content_owner";

    /// <summary>Groups of the whole community that invitations may offer.</summary>
    public List<GroupRule> Groups { get; set; } = [];

    /// <summary>How long an inviter's standing, organisations and rooms may be remembered, 0 to 60 seconds.</summary>
    [Range(0, 60)]
    public int CacheSeconds { get; set; } = 30;

    /// <summary>In the order they are offered.</summary>
    internal IReadOnlyList<string> RoleGroups => [UserGroup, UserManagerGroup, AdminGroup, .. FurtherGroups];

    internal static bool IsPath(string path) => path is ['/', not '/', ..] && !path.EndsWith('/') && !path.Any(char.IsControl);

    internal static bool IsName(string name) => name.Trim().Length == name.Length && name.Length > 0 && !name.Any(c => c == '/' || char.IsControl(c));
}

internal sealed class GroupRule
{
    /// <summary>Path of the group that may be offered, e.g. /members.</summary>
    public string Path { get; set; } = "";

    /// <summary>Paths of the groups whose members may offer it; a path covers its subgroups.</summary>
    public List<string> InvitedBy { get; set; } = [];
}
