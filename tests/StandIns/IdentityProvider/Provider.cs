namespace StandIns.IdentityProvider;

/// <summary>What all requests share.</summary>
internal sealed class Provider(
    IReadOnlyList<Realm> realms, Messages messages, ConsoleBundle? console, Companion companion, IdentityProviderFaults faults, TimeProvider clock)
{
    /// <summary>Known once the server listens.</summary>
    public string BaseUrl { get; set; } = "";

    public Pages Pages { get; } = new(messages);

    /// <summary>Null where none was built.</summary>
    public ConsoleBundle? Console { get; } = console;

    public Companion Companion { get; } = companion;

    public IdentityProviderFaults Faults { get; } = faults;

    public TimeProvider Clock { get; } = clock;

    public Realm? Find(string name) => realms.FirstOrDefault(realm => realm.Name == name);

    /// <summary>The realm whose administrators may do everything everywhere.</summary>
    public Realm Master => Find("master")!;
}
