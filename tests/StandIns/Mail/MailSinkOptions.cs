namespace StandIns.Mail;

/// <summary>How the server presents itself.</summary>
public sealed record MailSinkOptions
{
    public bool OffersStartTls { get; init; } = true;

    /// <summary>TLS from the first byte, as on port 465; then no STARTTLS is offered.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>Ways to log in, where there is a <see cref="Login"/>. With XOAUTH2 the password is the access token.</summary>
    public IReadOnlyList<string> Logins { get; init; } = ["PLAIN", "LOGIN"];

    public bool OffersPipelining { get; init; }

    public bool OffersUtf8 { get; init; } = true;

    /// <summary>When set, mail is taken only after a login with these.</summary>
    public MailLogin? Login { get; init; }

    /// <summary>Bytes a message may have; announced as SIZE and enforced.</summary>
    public int MaximumSize { get; init; } = 1_000_000;
}

/// <summary>Name and password a client must give.</summary>
public sealed record MailLogin(string Name, string Password)
{
    public override string ToString() => $"{nameof(MailLogin)} {{ {Name} }}";
}
