namespace Companion.Community.Directory;

/// <summary>Chat accounts that people proved to be their own, where the chat server can't tell whose they are.</summary>
internal interface IChatConnections
{
    /// <returns>Null for a person who proved none.</returns>
    Task<MatrixUserId?> FindAsync(AccountId account, CancellationToken cancellationToken);
}
