namespace StandIns.IdentityProvider;

/// <summary>Somebody, or a client's service account.</summary>
internal sealed class Account(string username, DateTimeOffset createdAt)
{
    public const string InviteMark = "invite_id";

    public const string Picture = "picture";

    private const string ApprovalMark = "invite_approval";

    public string Id { get; } = Random.Id();

    public string Username { get; set; } = username;

    public string? Email { get; set; }

    public string? FirstName { get; set; }

    public string? LastName { get; set; }

    public bool EmailVerified { get; set; }

    public bool Enabled { get; set; } = true;

    public string? Password { get; set; }

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public Dictionary<string, List<string>> Attributes { get; } = new(StringComparer.Ordinal);

    public List<Group> Groups { get; } = [];

    public HashSet<string> RequiredActions { get; } = new(StringComparer.Ordinal);

    /// <summary>Client of a service account; null for people.</summary>
    public string? ServiceAccountOf { get; init; }

    /// <summary>Roles of clients that were given to this account itself, as <c>client/role</c>.</summary>
    public HashSet<string> ClientRoles { get; } = new(StringComparer.Ordinal);

    /// <summary>Realm roles that were given to this account itself.</summary>
    public HashSet<string> RealmRoles { get; } = new(StringComparer.Ordinal);

    public string? InviteId => Attribute(InviteMark);

    public bool IsHeld => RequiredActions.Contains(RequiredAction.Approval);

    public string DisplayName
    {
        get
        {
            var name = $"{FirstName} {LastName}".Trim();
            return name.Length > 0 ? name : Username;
        }
    }

    /// <summary>Null for an account that need not wait; one that is held without the mark does.</summary>
    public string? Approval
    {
        get => Mark ?? (IsHeld ? "pending" : null);
        private set => Set(ApprovalMark, value!);
    }

    /// <summary>What the attribute alone says; null for nothing that is known.</summary>
    public string? Mark => Attribute(ApprovalMark) is "pending" or "approved" or "denied" ? Attribute(ApprovalMark) : null;

    public string? Attribute(string name) => Attributes.GetValueOrDefault(name)?.FirstOrDefault();

    public void Set(string name, string value) => Attributes[name] = [value];

    public void Hold(Sessions sessions)
    {
        Approval = "pending";
        RequiredActions.Add(RequiredAction.Approval);
        sessions.End(this);
    }

    public void Approve()
    {
        Approval = "approved";
        RequiredActions.Remove(RequiredAction.Approval);
    }

    /// <summary>The account stays held, so that switching it on again is not enough to let it in.</summary>
    public void Deny(Sessions sessions)
    {
        Approval = "denied";
        RequiredActions.Add(RequiredAction.Approval);
        Enabled = false;
        sessions.End(this);
    }
}
