using System.Net;
using System.Net.Mail;

namespace Companion.Community.Messages;

internal enum MailSecurity
{
    StartTls,

    /// <summary>Clear text, for a mail server on the same machine.</summary>
    None,
}

/// <summary>Configuration section Mail: the mail server that takes our mails.</summary>
internal sealed class MailOptions
{
    public const string SectionName = "Mail";

    /// <summary>Empty: no mail is sent, and invites wait.</summary>
    public string Host { get; set; } = "";

    public int Port { get; set; } = 587;

    /// <summary>For AUTH LOGIN; empty for none.</summary>
    public string Username { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>Sender's address; its domain is that of the message ids.</summary>
    public string From { get; set; } = "";

    /// <summary>Sender's name; empty for the community's.</summary>
    public string FromName { get; set; } = "";

    /// <summary>Where answers go; empty for the sender.</summary>
    public string ReplyTo { get; set; } = "";

    public MailSecurity Security { get; set; } = MailSecurity.StartTls;

    /// <summary>How long the server may take to answer once it has the message. RFC 5321 asks for 10 minutes: giving up earlier means not knowing.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>A folder with edited copies of the templates; empty for those that came with the program.</summary>
    public string TemplateFolder { get; set; } = "";

    /// <summary>After an unknown outcome send the mail once more, with the same message id; otherwise the inviter decides.</summary>
    public bool ResendAfterUnknown { get; set; }

    public bool IsConfigured => Host.Length > 0;

    public string Domain => From[(From.LastIndexOf('@') + 1)..];

    internal static bool IsAddress(string value) =>
        MailAddress.TryCreate(value, out var address) && address.Address == value && value.All(char.IsAscii);

    internal static bool IsLoopback(string host) =>
        host == "localhost" || IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address);
}
