using Companion.Community.Directory;

namespace Companion.Journey.Members;

/// <summary>A member proves a chat account to be the own one, by a code that the bot sends there.</summary>
internal sealed class ConnectChatAccount(
    NpgsqlDataSource dataSource, Transactions transactions, ChatCodeTable table, ChatCodes codes, IIdentityProvider identityProvider, InviterDirectory directory)
{
    public async Task<MatrixConnection> ReadAsync(AccountId account, CancellationToken cancellationToken)
    {
        var member = MemberId.Of(account);
        var state = await dataSource.ReadAsync(MemberStream.Type, member.Value, cancellationToken);
        var ids = await table.OfAsync(member, cancellationToken);
        return new MatrixConnection(
            state.Connected is { } connected ? ids.GetValueOrDefault(connected).Value : null,
            state.Code is { } code && ids.TryGetValue(code.Generation, out var to)
                ? new PendingCodeView(to.Value, JsonNamingPolicy.SnakeCaseLower.ConvertName(code.Status.ToString()), code.Failure, code.ExpiresAt)
                : null);
    }

    /// <summary>Has a code sent; whether it can be is told by <see cref="ReadAsync"/> later.</summary>
    /// <exception cref="IdentityProviderException"/>
    public async Task<Outcome<MatrixConnection>> RequestAsync(AccountId account, string matrixId, CancellationToken cancellationToken)
    {
        if (MatrixUserId.Parse(matrixId) is not { } to)
        {
            return MemberRefusals.MatrixIdMalformed;
        }

        var member = MemberId.Of(account);
        var gone = await GoneOwnerAsync(account, to, cancellationToken);
        var refusal = await transactions.RunAsync<Refusal?>(
            async (unit, ct) =>
            {
                if (!await ChatCodeTable.MaySendAsync(unit, member, to, ct))
                {
                    return MemberRefusals.CodeLimit;
                }

                if (await FreeAsync(unit, account, gone, to, ct) is { } taken)
                {
                    return taken;
                }

                var stream = await unit.LoadAsync(MemberStream.Type, member.Value, ct);
                ChatCodeTable.Add(unit, member, stream.State.Generation + 1, to);
                unit.Append(MemberStream.Type, stream, MemberDecider.Decide(stream.State, new RequestChatCode(account), unit.Now).Events);
                return null;
            },
            cancellationToken);
        return refusal is null ? await ReadAsync(account, cancellationToken) : refusal;
    }

    /// <exception cref="IdentityProviderException"/>
    public async Task<Outcome<MatrixConnection>> ConfirmAsync(AccountId account, string matrixId, string given, CancellationToken cancellationToken)
    {
        if (MatrixUserId.Parse(matrixId) is not { } to)
        {
            return MemberRefusals.MatrixIdMalformed;
        }

        var member = MemberId.Of(account);
        var gone = await GoneOwnerAsync(account, to, cancellationToken);
        var refusal = await transactions.RunAsync(
            async (unit, ct) =>
            {
                if (await FreeAsync(unit, account, gone, to, ct) is { } taken)
                {
                    return taken;
                }

                var stream = await unit.LoadAsync(MemberStream.Type, member.Value, ct);
                var isRight = codes.IsRight(given, member, stream.State.Generation, to);
                var decision = MemberDecider.Decide(stream.State, new ConfirmChatCode(isRight), unit.Now);
                unit.Append(MemberStream.Type, stream, decision.Events);
                return decision.Refusal ?? (isRight ? null : MemberRefusals.CodeWrong);
            },
            cancellationToken);
        if (refusal is not null)
        {
            return refusal;
        }

        directory.ForgetRooms(account);
        return await ReadAsync(account, cancellationToken);
    }

    public async Task DisconnectAsync(AccountId account, CancellationToken cancellationToken)
    {
        await transactions.RunAsync(
            (unit, ct) => MemberStream.ChangeAsync(unit, MemberId.Of(account), new DisconnectChatAccount(), ct), cancellationToken);
        directory.ForgetRooms(account);
    }

    /// <summary>Another account that has this chat account and is there no more. Asked before the transaction, whose locks wait for nobody else's server.</summary>
    private async Task<AccountId?> GoneOwnerAsync(AccountId account, MatrixUserId id, CancellationToken cancellationToken) =>
        await table.OwnerAsync(id, cancellationToken) is { } owner
        && owner != account
        && await identityProvider.FindAsync(owner, cancellationToken) is null
            ? owner
            : null;

    /// <summary>A chat account is one account's; that of an account that is gone is free again.</summary>
    private static async Task<Refusal?> FreeAsync(
        UnitOfWork unit, AccountId account, AccountId? gone, MatrixUserId id, CancellationToken cancellationToken) =>
        await ChatCodeTable.OwnerAsync(unit, id, cancellationToken) is not { } owner || owner == account ? null
        : owner == gone ? await MemberStream.ChangeAsync(unit, MemberId.Of(owner), new DisconnectChatAccount(), cancellationToken)
        : MemberRefusals.MatrixTaken;
}
