using Companion.Foundation.Kernel;

namespace Companion.Journey.Members;

/// <summary>Every reason a member's own things are not changed, with its stable code and its sentence.</summary>
public static class MemberRefusals
{
    public static Refusal MatrixIdMalformed { get; } = new(
        "matrix_id_malformed", "A Matrix id looks like @anna:example.org. Copy it from your chat app's settings.", "matrixId");

    public static Refusal MatrixTaken { get; } = new(
        "matrix_taken", "This Matrix account belongs to another account here. Sign in with that one, or use another Matrix account.", "matrixId");

    public static Refusal MatrixUnreachable { get; } = new(
        "matrix_unreachable", "No code could be sent to this Matrix account. Check the id and try again.", "matrixId");

    public static Refusal CodeLimit { get; } = new(
        "code_limit", "Several codes were asked for already. Try again later.", "matrixId");

    public static Refusal CodeWrong { get; } = new("code_wrong", "This is not the code. Copy it from the bot's message.", "code");

    public static Refusal CodeExpired { get; } = new("code_expired", "This code is no longer valid. Ask for a new one.", "code");

    public static Refusal PictureMalformed { get; } = new(
        "picture_malformed", "This is not a JPEG picture that can be used. Choose another one.");

    public static Refusal PictureTooLarge { get; } = new(
        "picture_too_large", "The picture is too large. Send at most 512 by 512 pixels and 256 kB.");
}
