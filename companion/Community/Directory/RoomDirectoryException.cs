namespace Companion.Community.Directory;

/// <summary>The rooms on offer could not be read; trying again later may work.</summary>
internal sealed class RoomDirectoryException(string code, Exception? innerException = null)
    : Exception($"The chat server did not answer: {code}.", innerException)
{
    public string Code { get; } = code;
}
