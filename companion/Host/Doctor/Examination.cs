namespace Companion.Host.Doctor;

/// <summary>Looks at one part of a deployment from the inside. Changes nothing.</summary>
internal abstract class Examination
{
    /// <summary>Failures that are part of the picture become findings; others end this examination, not the others.</summary>
    public abstract Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken);
}
