namespace Sandbox.Stories;

/// <summary>A promise of the product, checked where it can be seen from outside.</summary>
internal static class Expect
{
    public static void That(bool holds, string promise)
    {
        if (!holds)
        {
            throw new SandboxException($"This does not hold: {promise}.");
        }
    }
}
