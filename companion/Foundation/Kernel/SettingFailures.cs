namespace Companion.Foundation.Kernel;

/// <summary>What is wrong with settings, one sentence each: the options' own words, of one section or of several at once.</summary>
internal static class SettingFailures
{
    public static IReadOnlyList<string> Of(Action useSettings)
    {
        try
        {
            useSettings();
            return [];
        }
        catch (Exception exception) when (Of(exception) is { } failures)
        {
            return failures;
        }
    }

    /// <returns>Null for an exception that is not about settings.</returns>
    public static IReadOnlyList<string>? Of(Exception exception) => exception switch
    {
        OptionsValidationException invalid => [.. invalid.Failures],
        AggregateException several when several.InnerExceptions.All(inner => inner is OptionsValidationException) =>
            [.. several.InnerExceptions.Cast<OptionsValidationException>().SelectMany(invalid => invalid.Failures).Distinct()],
        _ => null,
    };
}
