using System.Security.Claims;

namespace Companion.Foundation.Web;

/// <summary>Who calls the API, from the validated access token. A parameter of endpoint handlers.</summary>
internal sealed record Caller(AccountId Account, bool IsModerator)
{
    public const string SubjectClaim = "sub";

    private const string RoleClaim = "role";

    public static ValueTask<Caller?> BindAsync(HttpContext context)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<AuthenticationOptions>>().Value;
        return ValueTask.FromResult(From(context.User, options));
    }

    internal static Caller? From(ClaimsPrincipal principal, AuthenticationOptions options) =>
        principal.FindFirstValue(SubjectClaim) is { } subject
            ? new Caller(new AccountId(subject), principal.HasClaim(RoleClaim, options.ModeratorRole))
            : null;

    internal static ClaimsPrincipal PrincipalOf(string subject, IEnumerable<string> roles) =>
        new(new ClaimsIdentity(
            roles.Select(role => new Claim(RoleClaim, role)).Prepend(new Claim(SubjectClaim, subject)), "Bearer", SubjectClaim, RoleClaim));
}
