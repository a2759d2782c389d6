namespace Companion.Community.Directory;

/// <summary>What somebody is who invites, from the least to the most rights.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<InviterKind>))]
public enum InviterKind
{
    /// <summary>Invites into the community, without a membership.</summary>
    Member,

    /// <summary>Gives the user groups of an organisation.</summary>
    UserManager,

    /// <summary>Gives every role group of an organisation.</summary>
    OrganizationAdmin,

    /// <summary>Gives every role group of every organisation.</summary>
    CommunityAdmin,

    /// <summary>As a community admin.</summary>
    Superuser,
}
