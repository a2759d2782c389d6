using Microsoft.Extensions.Options;

namespace Companion.Foundation.Kernel;

/// <summary>
/// Settings that are lists. The framework leaves out an entry that it can't read, and ignores names that it doesn't know: a rule with
/// a slip of the pen would silently not be there.
/// </summary>
internal static class StrictSettings
{
    /// <exception cref="OptionsValidationException">When the options are first used, for a section that can't be read as it is.</exception>
    public static OptionsBuilder<TOptions> BindStrictly<TOptions>(this OptionsBuilder<TOptions> builder, string section)
        where TOptions : class => builder.BindStrictly(section, options => options);

    /// <param name="part">Of the options: what the section holds.</param>
    /// <inheritdoc cref="BindStrictly{TOptions}(OptionsBuilder{TOptions}, string)"/>
    public static OptionsBuilder<TOptions> BindStrictly<TOptions>(this OptionsBuilder<TOptions> builder, string section, Func<TOptions, object> part)
        where TOptions : class =>
        builder.Configure<IConfiguration>((options, configuration) => Bind(configuration, section, part(options)));

    /// <inheritdoc cref="BindStrictly{TOptions}(OptionsBuilder{TOptions}, string)"/>
    public static void Bind(IConfiguration configuration, string section, object options)
    {
        try
        {
            configuration.GetSection(section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException exception)
        {
            throw new OptionsValidationException(section, options.GetType(), [$"{section} can't be read: {Place(exception).Message}"]);
        }
    }

    /// <summary>The innermost that still names the setting.</summary>
    private static InvalidOperationException Place(InvalidOperationException exception) =>
        exception.InnerException is InvalidOperationException inner ? Place(inner) : exception;
}
