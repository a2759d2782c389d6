using Microsoft.Extensions.Options;

namespace Companion.Adapters.Matrix;

internal sealed class MatrixOptionsValidator : IValidateOptions<MatrixOptions>
{
    public ValidateOptionsResult Validate(string? name, MatrixOptions options)
    {
        var failures = options.IsConfigured ? Failures(options).ToList() : [];
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Failures(MatrixOptions options)
    {
        if (!Uri.TryCreate(options.BaseUrl, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http"))
        {
            yield return "Matrix:BaseUrl must be an http or https address.";
        }

        if (options.ServerName.Length == 0)
        {
            yield return "Matrix:ServerName must be set.";
        }

        if (!options.BotUserId.StartsWith('@') || !options.BotUserId.EndsWith($":{options.ServerName}", StringComparison.Ordinal))
        {
            yield return "Matrix:BotUserId must be a full id of Matrix:ServerName, e.g. @companion:example.org.";
        }

        if (options.AccessToken.Length == 0)
        {
            yield return "Matrix:AccessToken must be set.";
        }

        if (options.AccountPolicy == AccountPolicy.Precreate && string.IsNullOrEmpty(options.AdminToken))
        {
            yield return "Matrix:AccountPolicy precreate needs Matrix:AdminToken; set it or choose wait.";
        }

        if (options.InviteBurst < 1 || options.InviteInterval < TimeSpan.Zero)
        {
            yield return "Matrix:InviteBurst must be at least 1 and Matrix:InviteInterval not negative.";
        }

        for (var i = 0; i < options.ManagedRooms.Count; i++)
        {
            if (!options.ManagedRooms[i].RoomId.StartsWith('!') || options.ManagedRooms[i].Name.Length == 0)
            {
                yield return $"Matrix:ManagedRooms:{i} must have a RoomId that starts with ! and a Name.";
            }
        }
    }
}
