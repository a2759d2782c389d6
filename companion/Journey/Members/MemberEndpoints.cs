using Companion.Community.Directory;
using Companion.Community.Inviters;
using Companion.Community.Pausing;
using Companion.Foundation.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Companion.Journey.Members;

internal static class MemberEndpoints
{
    private const string Jpeg = "image/jpeg";

    public static IEndpointRouteBuilder MapMembers(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1/me").RequireAuthorization().WithTags("Me");
        api.MapGet("", MeAsync).WithName("GetMe").WithSummary("Who the caller is here");
        api.MapPut("/picture", SetPictureAsync).WithName("SetPicture").WithSummary("Makes this the caller's picture and chat avatar")
            .WithDescription("A JPEG of at most 512 by 512 pixels and 256 kB. What a camera wrote into it besides the picture is taken out.")
            .Accepts<Stream>(Jpeg)
            .WithMetadata(new RequestSizeLimitAttribute(4 * JpegPicture.MaxBytes));
        api.MapDelete("/picture", RemovePictureAsync).WithName("RemovePicture").WithSummary("Takes the caller's picture away");
        api.MapGet("/matrix-connection", ReadConnectionAsync).WithName("GetMatrixConnection")
            .WithSummary("The Matrix account that is known to be the caller's, and the code that is out");
        api.MapPost("/matrix-connection", ConnectAsync).WithName("ConnectMatrixAccount")
            .WithSummary("Has the bot send a code to a Matrix account, or with the code proves it to be the caller's");
        api.MapDelete("/matrix-connection", DisconnectAsync).WithName("DisconnectMatrixAccount").WithSummary("Forgets the caller's Matrix account");
        app.MapMethods("/pictures/{id:guid}.jpg", [HttpMethods.Get, HttpMethods.Head], ShowAsync).AllowAnonymous().ExcludeFromDescription();
        return app;
    }

    private static async Task<Ok<MeAnswer>> MeAsync(
        Caller caller,
        InviterDirectory directory,
        Pictures pictures,
        NpgsqlDataSource dataSource,
        IOptions<DirectoryOptions> options,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(MeAnswer.Of(
            caller,
            await directory.FindAsync(caller.Account, cancellationToken),
            await InviterHistory.IsFrozenAsync(dataSource, caller.Account, cancellationToken),
            await pictures.UrlOfAsync(caller.Account, cancellationToken),
            await PauseTable.ObstacleAsync(dataSource, cancellationToken),
            options.Value));

    private static async Task<Results<Ok<PictureAnswer>, ProblemHttpResult>> SetPictureAsync(
        Caller caller, HttpRequest request, Pictures pictures, CancellationToken cancellationToken)
    {
        var (picture, refusal) = JpegPicture.Read(await ReadAsync(request.Body, JpegPicture.MaxBytes + 1, cancellationToken));
        return picture is null
            ? Problems.From(refusal!)
            : TypedResults.Ok(new PictureAnswer(await pictures.SetAsync(caller.Account, picture, cancellationToken)));
    }

    private static async Task<NoContent> RemovePictureAsync(Caller caller, Pictures pictures, CancellationToken cancellationToken)
    {
        await pictures.RemoveAsync(caller.Account, cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>Anybody who has the address: applications show it to others. Another picture has another address.</summary>
    private static async Task<Results<FileContentHttpResult, NotFound>> ShowAsync(
        Guid id, HttpResponse response, Pictures pictures, CancellationToken cancellationToken)
    {
        if (await pictures.FindAsync(new PictureId(id), cancellationToken) is not { } jpeg)
        {
            return TypedResults.NotFound();
        }

        response.Headers.CacheControl = "public, max-age=86400, immutable";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        return TypedResults.File(jpeg, Jpeg);
    }

    private static async Task<Ok<MatrixConnection>> ReadConnectionAsync(
        Caller caller, ConnectChatAccount connect, CancellationToken cancellationToken) =>
        TypedResults.Ok(await connect.ReadAsync(caller.Account, cancellationToken));

    private static async Task<Results<Ok<MatrixConnection>, Accepted<MatrixConnection>, ProblemHttpResult>> ConnectAsync(
        MatrixConnectionRequest body, Caller caller, ConnectChatAccount connect, CancellationToken cancellationToken)
    {
        var (connection, refusal) = body.Code is { } code
            ? await connect.ConfirmAsync(caller.Account, body.MatrixId, code, cancellationToken)
            : await connect.RequestAsync(caller.Account, body.MatrixId, cancellationToken);
        return refusal is not null ? Problems.From(refusal)
            : body.Code is not null ? TypedResults.Ok(connection)
            : TypedResults.Accepted((string?)null, connection);
    }

    private static async Task<NoContent> DisconnectAsync(Caller caller, ConnectChatAccount connect, CancellationToken cancellationToken)
    {
        await connect.DisconnectAsync(caller.Account, cancellationToken);
        return TypedResults.NoContent();
    }

    /// <returns>The body, or as much of it as there may be and one byte more.</returns>
    private static async Task<byte[]> ReadAsync(Stream body, int most, CancellationToken cancellationToken)
    {
        var buffer = new byte[most];
        var length = await body.ReadAtLeastAsync(buffer, most, throwOnEndOfStream: false, cancellationToken);
        return buffer[..length];
    }
}

/// <summary>Who the caller is here.</summary>
/// <param name="DisplayName">Null for an account that the identity provider no longer has.</param>
/// <param name="Language">As chosen at the identity provider; null where nothing was.</param>
/// <param name="Kind">The most that the caller is anywhere.</param>
/// <param name="InvitingFrozen">A moderator has paused the caller's inviting.</param>
/// <param name="PictureUrl">Of the picture that was given here; null where none was.</param>
/// <param name="Paused">Null unless all inviting is paused.</param>
internal sealed record MeAnswer(
    AccountId Id,
    string? DisplayName,
    string? Language,
    bool IsModerator,
    bool CanInvite,
    bool InvitingFrozen,
    InviterKind Kind,
    string? PictureUrl,
    PauseNotice? Paused)
{
    public static MeAnswer Of(Caller caller, Person? person, bool invitingFrozen, string? pictureUrl, Refusal? paused, DirectoryOptions options) => new(
        caller.Account,
        person?.DisplayName,
        person?.Language,
        caller.IsModerator,
        person is not null && InviteRules.MayInvite(person),
        invitingFrozen,
        person is null ? InviterKind.Member : InviteRules.KindOf(person, options),
        pictureUrl,
        paused is null ? null : new PauseNotice(paused.Argument));
}

/// <param name="Text">What moderators wrote about it; null where they wrote nothing.</param>
internal sealed record PauseNotice(string? Text);

/// <param name="MatrixId">The chat account that was proved to be the caller's; null where none was.</param>
/// <param name="Pending">The code that was asked for last and was not given back yet.</param>
internal sealed record MatrixConnection(string? MatrixId, PendingCodeView? Pending);

/// <param name="Status">requested, sent or undeliverable.</param>
/// <param name="Failure">matrix_unreachable or matrix_taken where it is undeliverable.</param>
internal sealed record PendingCodeView(string MatrixId, string Status, string? Failure, DateTimeOffset ExpiresAt);

/// <param name="Code">As the bot sent it; without it a code is sent.</param>
internal sealed record MatrixConnectionRequest(string MatrixId, string? Code = null);

/// <param name="Url">Where anybody may see it.</param>
internal sealed record PictureAnswer(string Url);

/// <summary>Shapes of the members' API on the wire.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(MeAnswer))]
[JsonSerializable(typeof(MatrixConnection))]
[JsonSerializable(typeof(MatrixConnectionRequest))]
[JsonSerializable(typeof(PictureAnswer))]
internal sealed partial class MemberApiJson : JsonSerializerContext;
