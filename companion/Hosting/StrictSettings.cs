using Microsoft.Extensions.Options;

namespace Companion.Hosting;

/// <summary>
/// Settings that are lists. The framework leaves out an entry that it can't read, and ignores names that it doesn't know: a rule with
/// a slip of the pen would silently not be there.
/// </summary>
internal static class StrictSettings
{
    /// <exception cref="OptionsValidationException">When the options are first used, for a section that can't be read as it is.</exception>
    public static OptionsBuilder<TOptions> BindStrictly<TOptions>(this OptionsBuilder<TOptions> builder, string section)
        where TOptions : class =>
        builder.Configure<IConfiguration>((options, configuration) => Bind(configuration, section, options));

    /// <inheritdoc cref="BindStrictly"/>
    public static void Bind<TOptions>(IConfiguration configuration, string section, TOptions options)
        where TOptions : class
    {
        try
        {
            configuration.GetSection(section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException exception)
        {
            throw new OptionsValidationException(section, typeof(TOptions), [$"{section} can't be read: {Place(exception).Message}"]);
        }
    }

    /// <summary>The innermost that still names the setting.</summary>
    private static InvalidOperationException Place(InvalidOperationException exception) =>
        exception.InnerException is InvalidOperationException inner ? Place(inner) : exception;
}
