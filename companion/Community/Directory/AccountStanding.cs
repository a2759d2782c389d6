namespace Companion.Community.Directory;

/// <summary>Whether an account may use the companion at all, whatever its access token says.</summary>
internal static class AccountStanding
{
    /// <summary>Values of <see cref="Person.Approval"/>.</summary>
    public const string Approved = "approved";

    /// <inheritdoc cref="Approved"/>
    public const string Denied = "denied";

    public static Refusal Waiting { get; } = new(
        "account_waiting", "Your account waits for a moderator's approval; you will get an email when it is decided.");

    public static Refusal Closed { get; } = new("account_closed", "Your account is closed. Ask the moderators.");

    public static Refusal AddressUnproven { get; } = new(
        "address_unproven", "Your email address isn't confirmed yet. Sign out and sign in again; if no link is mailed to you then, ask the moderators.");

    /// <summary>An account without any address, which only an admin can make, has nothing to prove.</summary>
    public static Refusal? Obstacle(Person person) => person switch
    {
        { Enabled: false } or { Approval: Denied } => Closed,
        { Approval: not (null or Approved) } => Waiting,
        { Address: not null, AddressVerified: false } => AddressUnproven,
        _ => null,
    };
}
