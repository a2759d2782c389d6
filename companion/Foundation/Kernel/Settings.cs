using System.Collections;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Companion.Foundation.Kernel;

/// <summary>The one way from configuration to options: all that is set must be known and right, or the service doesn't start.</summary>
internal static partial class Settings
{
    /// <param name="rules">What attributes of the options can't say; added once, whoever asks for the section again.</param>
    /// <param name="validator">Generated from the attributes; null where the options are their own.</param>
    public static void AddSettings<TOptions>(
        this IServiceCollection services, string section, Action<OptionsBuilder<TOptions>>? rules = null, IValidateOptions<TOptions>? validator = null)
        where TOptions : class
    {
        if (services.All(service => service.ServiceType != typeof(SettingsOf<TOptions>)))
        {
            services.AddSingleton(new SettingsOf<TOptions>(section, validator)).AddSingleton<IValidateOptions<TOptions>>(p => p.GetRequiredService<SettingsOf<TOptions>>());
            services.AddOptions<KnownSections>().Configure(known => known.Add(section));
            var builder = services.AddOptions<TOptions>().Configure<IConfiguration>((options, configuration) => Bind(configuration, section, options));
            builder.ValidateOnStart();
            rules?.Invoke(builder);
        }
    }

    /// <summary>Refuses what looks like a section and is none.</summary>
    public static void AddSettingsCheck(this IServiceCollection services) =>
        services.AddOptions<KnownSections>().PostConfigure<IConfiguration>((known, configuration) => Refuse(
            configuration.GetChildren().Where(section => section.GetChildren().Any() && SectionName().IsMatch(section.Key) && !known.Contains(section.Key)),
            typeof(KnownSections))).ValidateOnStart();

    /// <exception cref="OptionsValidationException">A key of the section is unknown or can't be read. The framework leaves such entries out.</exception>
    private static void Bind(IConfiguration configuration, string section, object options)
    {
        Refuse(UnknownKeys(configuration.GetSection(section), options.GetType()), options.GetType());
        try
        {
            configuration.GetSection(section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException exception)
        {
            throw new OptionsValidationException(section, options.GetType(), [$"{section} can't be read: {Place(exception).Message}"]);
        }
    }

    private static void Refuse(IEnumerable<IConfigurationSection> unknown, Type options)
    {
        if (unknown.Select(key => $"{key.Path} is no setting; correct the name or take it out.").ToList() is { Count: > 0 } failures)
        {
            throw new OptionsValidationException("", options, failures);
        }
    }

    private static IEnumerable<IConfigurationSection> UnknownKeys(IConfigurationSection section, Type type) => section.GetChildren().SelectMany(child =>
        ValueOf(type, child.Key) is { } known ? UnknownKeys(child, known) : [child]);

    private static Type? ValueOf(Type type, string key) => type.IsGenericType && type.IsAssignableTo(typeof(IEnumerable))
        ? type.GetGenericArguments()[^1]
        : type.GetProperty(key, BindingFlags.Instance | BindingFlags.Public | BindingFlags.IgnoreCase) is { } property
            && (property.CanWrite || property.PropertyType.IsGenericType) ? property.PropertyType : null;

    /// <summary>The innermost that still names the setting.</summary>
    private static InvalidOperationException Place(InvalidOperationException exception) =>
        exception.InnerException is InvalidOperationException inner ? Place(inner) : exception;

    /// <summary>As we name them. The environment has other programs' names, too: KC_SPI_COMPANION__DEFAULT__URL.</summary>
    [GeneratedRegex("^[A-Z][a-z]")]
    private static partial Regex SectionName();

    [GeneratedRegex(@"\w+(?:\.\w+|\[\d+\])+")]
    private static partial Regex KeyWithDots();

    /// <summary>What the framework reads besides.</summary>
    private sealed class KnownSections() : HashSet<string>(["Logging", "Kestrel"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Gives the sentences of a generated validator the keys as they are configured.</summary>
    private sealed class SettingsOf<TOptions>(string section, IValidateOptions<TOptions>? validator) : IValidateOptions<TOptions>
        where TOptions : class
    {
        public ValidateOptionsResult Validate(string? name, TOptions options) =>
            (validator ?? options as IValidateOptions<TOptions>)?.Validate(section, options) is { Failed: true } wrong
                ? ValidateOptionsResult.Fail(wrong.Failures.Select(failure => KeyWithDots().Replace(
                    failure[(failure.IndexOf(": ", StringComparison.Ordinal) + 2)..],
                    key => key.Value.Replace('.', ':').Replace('[', ':').Replace("]", "", StringComparison.Ordinal), 1)))
                : ValidateOptionsResult.Success;
    }
}
