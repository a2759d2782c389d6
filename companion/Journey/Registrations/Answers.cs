using System.Text.Json;
using Companion.Foundation.Kernel;
using Companion.Journey.Invites;
using Microsoft.Extensions.Options;

namespace Companion.Journey.Registrations;

/// <summary>Answers as they go over the wire.</summary>
internal sealed class Answers(IOptions<CommunityOptions> community)
{
    private readonly string _landingUrl = $"{community.Value.PublicUrl}/i";

    public static byte[] Heard { get; } = JsonSerializer.SerializeToUtf8Bytes(new HeardAnswer(), RegistrationJson.Strict.HeardAnswer);

    public static byte[] Of(ClaimAnswer answer) => JsonSerializer.SerializeToUtf8Bytes(answer, RegistrationJson.Strict.ClaimAnswer);

    public static byte[] Of(WaitingAnswer answer) => JsonSerializer.SerializeToUtf8Bytes(answer, RegistrationJson.Strict.WaitingAnswer);

    public static byte[] Of(WaitingOutcome outcome) => JsonSerializer.SerializeToUtf8Bytes(outcome, RegistrationJson.Strict.WaitingOutcome);

    public byte[] Of(Invite invite, string address, string? inviterName) => JsonSerializer.SerializeToUtf8Bytes(
        new InspectAnswer(new InviteId(invite.Id), address, inviterName, community.Value.Name, invite.Language, invite.ExpiresAt),
        RegistrationJson.Strict.InspectAnswer);

    public byte[] Refuse(Refusal refusal) =>
        JsonSerializer.SerializeToUtf8Bytes(new RefusedAnswer(refusal.Code, _landingUrl), RegistrationJson.Strict.RefusedAnswer);
}
