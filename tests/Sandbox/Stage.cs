using Sandbox.Worlds;

namespace Sandbox;

/// <summary>Starts a world, has something played in it, and stops it in order. A failure is told in a sentence, with where the logs are.</summary>
internal sealed class Stage(Narrator narrator)
{
    /// <param name="play">Returns the exit code.</param>
    /// <param name="whenCancelled">The exit code after Ctrl+C or SIGTERM.</param>
    public async Task<int> RunAsync(
        Func<CancellationToken, Task<World>> start,
        Func<World, CancellationToken, Task<int>> play,
        int whenCancelled,
        CancellationToken cancellationToken)
    {
        World? world = null;
        try
        {
            world = await start(cancellationToken);
            narrator.Done();
            var code = await play(world, cancellationToken);
            if (code != 0)
            {
                Keep(world, null);
            }

            return code;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return whenCancelled;
        }
        catch (Exception failure)
        {
            narrator.Failed(Told(failure));
            if (world is not null)
            {
                Keep(world, failure);
            }

            return 1;
        }
        finally
        {
            if (world is not null)
            {
                narrator.Head("Stopping");
                await world.DisposeAsync();
            }
        }
    }

    private void Keep(World world, Exception? failure)
    {
        world.Folder.Keep(failure);
        narrator.Say($"Logs and details: {world.Folder.Root}");
    }

    // Of a broken connection the outermost message says nothing; what lies in it does.
    private static string Told(Exception failure) =>
        failure is HttpRequestException { InnerException: { } inner } ? $"{failure.Message} {inner.Message}" : failure.Message;
}
