using Sandbox.Worlds;

namespace Sandbox.Chaos;

/// <summary>Trying again, as people do whose page did not load.</summary>
internal static class Patiently
{
    private static readonly TimeSpan OneTry = TimeSpan.FromSeconds(12);

    /// <summary>Tries until there is an answer. After some minutes it fails with what was wanted and what was last in the way.</summary>
    public static async Task<T> GetAsync<T>(string what, Func<CancellationToken, Task<T?>> tryAsync, CancellationToken cancellationToken)
        where T : class
    {
        var last = "";
        try
        {
            return await Eventually.SeeAsync(what, TryOnceAsync, cancellationToken);
        }
        catch (SandboxException failure) when (last.Length > 0)
        {
            throw new SandboxException($"{failure.Message} The last try ended so: {last}", failure);
        }

        async Task<T?> TryOnceAsync()
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(OneTry);
            try
            {
                return await tryAsync(limit.Token);
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException or SandboxException
                && !cancellationToken.IsCancellationRequested)
            {
                last = failure.Message;
                return null;
            }
        }
    }

    public static Task DoAsync(string what, Func<CancellationToken, Task> tryAsync, CancellationToken cancellationToken) => GetAsync(
        what,
        async ct =>
        {
            await tryAsync(ct);
            return what;
        },
        cancellationToken);
}
