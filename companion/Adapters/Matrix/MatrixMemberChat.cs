using Companion.Community.Directory;

namespace Companion.Adapters.Matrix;

/// <summary>The chat that members' own things know, as a Matrix homeserver.</summary>
internal sealed class MatrixMemberChat(
    ChatAccounts accounts,
    DirectMessages messages,
    MatrixClient client,
    SynapseAdminClient admin,
    MatrixCapabilities capabilities,
    ChatFaults faults,
    IOptions<MatrixOptions> options) : IMemberChat
{
    public Task<bool> SendCodeAsync(
        AccountId account, MatrixUserId to, int generation, string text, CancellationToken cancellationToken) => faults.TranslateAsync(async () =>
    {
        if (await accounts.IsOthersAsync(to, account, cancellationToken))
        {
            return false;
        }

        var room = DeterministicId.From(account.Value, to.Value);
        await messages.SendAsync(to, new DirectMessage(room, $"code-{room}-{generation}", "code", text, IsAskedFor: true), cancellationToken);
        return true;
    });

    public Task<AvatarAnswer> ShowAsync(
        Person person, byte[]? jpeg, string? given, CancellationToken cancellationToken) => faults.TranslateAsync(async () =>
    {
        if (!await capabilities.HasAdminAsync(cancellationToken))
        {
            return new AvatarAnswer(true, given); // the person's own to set
        }

        if (await accounts.FindAsync(person.Id, cancellationToken) is not { } account)
        {
            return new AvatarAnswer(false);
        }

        if (!options.Value.IsLocal(account.Id))
        {
            return new AvatarAnswer(true, given);
        }

        if (jpeg is not null)
        {
            var avatar = await client.UploadAsync(jpeg, "image/jpeg", cancellationToken);
            await admin.SetAvatarAsync(account.Id, avatar, cancellationToken);
            return new AvatarAnswer(true, avatar);
        }

        if (given is not null && (await admin.FindAsync(account.Id, cancellationToken))?.AvatarUrl == given)
        {
            await admin.SetAvatarAsync(account.Id, "", cancellationToken);
        }

        return new AvatarAnswer(true);
    });
}
