namespace Companion.Contacts;

/// <summary>A mailbox address in the form to send to. Personal data: prints redacted.</summary>
internal sealed record EmailAddress
{
    private EmailAddress(string value) => Value = value;

    /// <summary>local-part@domain, the domain as A-labels in lower case.</summary>
    public string Value { get; }

    /// <summary>An address that was validated before it was stored, or that another system vouches for.</summary>
    public static EmailAddress FromStored(string value) => new(value);

    public override string ToString() => "***";
}
