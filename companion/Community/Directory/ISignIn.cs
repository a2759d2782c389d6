namespace Companion.Community.Directory;

/// <summary>Where browsers continue at the identity provider: to register by an invite, and to sign in.</summary>
internal interface ISignIn
{
    /// <summary>By which name the identity provider's signed messages say that they are ours, e.g. the realm.</summary>
    string Tenant { get; }

    /// <summary>Scheme, host and port, as a Content-Security-Policy names them.</summary>
    string Origin { get; }

    /// <summary>Where members sign in and find their pages.</summary>
    string Url { get; }

    /// <summary>The moderators' queue.</summary>
    string ApprovalsUrl { get; }

    /// <summary>The member's own invitations.</summary>
    string InvitationsUrl { get; }

    /// <summary>The registration form of one invite; whoever has registered lands on the page for newcomers.</summary>
    /// <param name="handle">Of the invite; it travels in the address.</param>
    /// <param name="language">Such as en.</param>
    string RegisterUrl(string handle, string language);
}
