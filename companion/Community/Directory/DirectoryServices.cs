using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Companion.Community.Directory;

internal static class DirectoryServices
{
    public static IServiceCollection AddDirectory(this IServiceCollection services)
    {
        services.AddSettings<DirectoryOptions>(DirectoryOptions.SectionName, settings => settings
            .Validate(
                o => o.RoleGroups.All(DirectoryOptions.IsName) && o.RoleGroups.Distinct(StringComparer.OrdinalIgnoreCase).Count() == o.RoleGroups.Count,
                "Directory:UserGroup, UserManagerGroup, AdminGroup and FurtherGroups:<n> must be different names without slashes.")
            .Validate(
                o => o.Groups.All(rule => DirectoryOptions.IsPath(rule.Path)),
                "Directory:Groups:<n>:Path must be a group's path, such as /members.")
            .Validate(
                o => o.Groups.All(rule => rule.InvitedBy.All(DirectoryOptions.IsPath)),
                "Directory:Groups:<n>:InvitedBy must hold group paths, such as /members.")
            .Validate(
                o => o.Groups.DistinctBy(rule => rule.Path, StringComparer.Ordinal).Count() == o.Groups.Count,
                "Directory:Groups:<n>:Path must not repeat; list all groups that may invite under one entry."));
        services.TryAddSingleton<InviterDirectory>();
        return services;
    }
}
