namespace Sandbox.People;

/// <summary>Somebody with an account in the realm.</summary>
/// <param name="AccountId">The account's id in Keycloak.</param>
public sealed record Person(string AccountId, string Username, string Email, string FirstName, string LastName, string Password)
{
    public string DisplayName => $"{FirstName} {LastName}";

    public override string ToString() => Username;
}
