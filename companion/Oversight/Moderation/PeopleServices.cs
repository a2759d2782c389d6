using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Companion.Oversight.Moderation;

internal static class PeopleServices
{
    public static IServiceCollection AddPeople(this IServiceCollection services)
    {
        services.TryAddSingleton<ListPeople>();
        services.TryAddSingleton<ChangePerson>();
        services.TryAddSingleton<RevokePending>();
        services.TryAddSingleton<ReadFunnel>();
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, PeopleApiJson.Default));
        return services;
    }
}
