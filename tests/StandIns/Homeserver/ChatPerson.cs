namespace StandIns.Homeserver;

/// <summary>An account of the stand-in.</summary>
internal sealed class ChatPerson(string id)
{
    public string Id { get; } = id;

    public string DisplayName { get; set; } = id[1..id.IndexOf(':', StringComparison.Ordinal)];

    /// <summary>An mxc URI; empty for none.</summary>
    public string AvatarUrl { get; set; } = "";

    public bool IsAdmin { get; init; }

    public bool Deactivated { get; set; }

    public bool Locked { get; set; }

    public bool Suspended { get; set; }

    public bool ShadowBanned { get; set; }

    public long CreatedAt { get; } = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    public List<(string Provider, string Id)> ExternalIds { get; } = [];

    /// <summary>Null where the server's limits hold; (0, 0) lifts them.</summary>
    public (int PerSecond, int Burst)? RateLimit { get; set; }

    public Dictionary<string, string> AccountData { get; } = [];

    /// <summary>Invites that this person may still get at once.</summary>
    public int InviteTokens { get; set; } = 5;
}
