using Companion.Community.Directory;
using Companion.Journey.Invites;

namespace Companion.Journey.Onboarding;

/// <summary>Onboardings by the invite or the account they serve.</summary>
internal sealed class Onboardings(NpgsqlDataSource dataSource) : IOnboarding
{
    public Task<Onboarding> GetAsync(Guid id, CancellationToken cancellationToken) =>
        dataSource.ReadAsync(OnboardingStream.Type, id, cancellationToken);

    /// <returns>Null when this account did not come by an invite.</returns>
    public async Task<Onboarding?> OfNewcomerAsync(string account, CancellationToken cancellationToken)
    {
        var rows = await dataSource.QueryAsync(
            """
            select s.data from companion.onboarding_details d join events.mt_doc_onboarding s on s.id = d.onboarding_id
            where d.account = @account and d.kind = 'newcomer'
            order by d.started_at desc
            limit 1
            """,
            Read,
            [Param.Text("account", account)],
            cancellationToken);
        return rows.SingleOrDefault();
    }

    public async Task<IReadOnlyDictionary<InviteId, IReadOnlyDictionary<RoomId, RoomStatus>>> RoomsAsync(
        IEnumerable<InviteId> invites, CancellationToken cancellationToken)
    {
        var rows = await dataSource.QueryAsync(
            """
            select s.data from companion.onboarding_details d join events.mt_doc_onboarding s on s.id = d.onboarding_id
            where d.invite_id = any (@invites) and d.kind = 'newcomer'
            """,
            Read,
            [Param.Uuids("invites", [.. invites.Select(invite => invite.Value)])],
            cancellationToken);
        return rows.ToDictionary(
            onboarding => onboarding.InviteId,
            IReadOnlyDictionary<RoomId, RoomStatus> (onboarding) => onboarding.Rooms.ToDictionary(room => room.Id, room => room.Status));
    }

    public Task StartAsync(
        UnitOfWork unit, Invite invite, AccountId account, OnboardingKind kind, bool awaitingApproval, CancellationToken cancellationToken)
    {
        InviteId inviteId = new(invite.Id);
        var id = OnboardingId.Of(inviteId);
        return OnboardingStream.ChangeAsync(
            unit,
            id,
            new BeginOnboarding(
                id,
                inviteId,
                account,
                invite.Inviter,
                kind,
                invite.Memberships,
                invite.Rooms,
                invite.DefaultRooms,
                invite.Language,
                awaitingApproval),
            cancellationToken);
    }

    public Task SettleAsync(
        UnitOfWork unit, InviteId invite, AccountId account, bool approved, AccountId? by, CancellationToken cancellationToken) =>
        OnboardingStream.ChangeAsync(unit, OnboardingId.Of(invite), new SettleApproval(account, approved, by), cancellationToken);

    public void CloseChat(UnitOfWork unit, Guid streamId, AccountId account) =>
        unit.Enqueue(OnboardingOutbox.Closing, streamId, new DeniedAccountDue(account));

    private static Onboarding Read(NpgsqlDataReader reader) => OnboardingStream.Type.ReadState(reader.GetFieldValue<byte[]>(0));
}
