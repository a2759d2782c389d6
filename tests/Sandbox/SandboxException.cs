namespace Sandbox;

/// <summary>Something a person can cure; the message is one sentence that says how, and is all that is shown.</summary>
public class SandboxException : Exception
{
    public SandboxException()
    {
    }

    public SandboxException(string message) : base(message)
    {
    }

    public SandboxException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
