using System.ComponentModel.DataAnnotations;

namespace Companion.Foundation.Kernel;

/// <summary>Configuration section Community: who invites, in words and addresses.</summary>
[OptionsValidator]
internal sealed partial class CommunityOptions : IValidateOptions<CommunityOptions>
{
    public const string SectionName = "Community";

    /// <summary>As people know it, e.g. Harbour Community.</summary>
    [StringLength(80, MinimumLength = 1)]
    public string Name { get; set; } = "";

    /// <summary>Where the companion is reached from outside, without a trailing slash. Base of every link; Host headers never are.</summary>
    [WebAddress]
    public string PublicUrl { get; set; } = "";

    /// <summary>Language of texts where nobody chose one: en or de.</summary>
    [AllowedValues("en", "de", ErrorMessage = "{0} must be en or de.")]
    public string DefaultLanguage { get; set; } = "en";

    /// <summary>Whom to ask, shown where a person can't go on by themselves.</summary>
    public string? ContactText { get; set; }

    /// <summary>The chat app that newcomers are led to.</summary>
    public string? ChatUrl { get; set; }

    /// <summary>What newcomers are told to do first.</summary>
    public List<FirstStep> FirstSteps { get; set; } = [];

    internal static bool IsLink(string value) => Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http";
}

/// <summary>An address that paths are put behind.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WebAddressAttribute() : ValidationAttribute("{0} must be an http(s) address without a trailing slash.")
{
    public override bool IsValid(object? value) =>
        Uri.TryCreate(value as string, UriKind.Absolute, out var uri)
        && uri is { Scheme: "https" or "http", Query: "", Fragment: "", UserInfo: "" }
        && value is string text && !text.EndsWith('/');
}

internal sealed class FirstStep
{
    /// <summary>By language: en, de.</summary>
    public Dictionary<string, string> Text { get; set; } = [];

    public string? Url { get; set; }

    internal string In(string language, string otherwise) =>
        Text.GetValueOrDefault(language) ?? Text.GetValueOrDefault(otherwise) ?? Text.Values.FirstOrDefault() ?? "";
}
