namespace Companion.Foundation.Web;

/// <summary>JSON on the wire: camel case; unknown or repeated members, missing ones and deep nesting are refused.</summary>
internal static class StrictJson
{
    public const int MaxDepth = 16;

    public static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.MaxDepth = MaxDepth;
    }
}
