namespace Companion.IntegrationTests.Adapters.Matrix;

/// <summary>The homeserver that a test class runs against: the stand-in or the real Synapse.</summary>
public interface IHomeserver
{
    string BaseUrl { get; }

    string ServerName { get; }

    /// <summary>What is missing for it, and how to get it; null when it is there.</summary>
    string? Missing => null;

    /// <summary>Makes a chat account and signs it in.</summary>
    Task<ChatLogin> RegisterAsync(string name, bool admin);
}

public sealed record ChatLogin(string UserId, string AccessToken);
