using System.Collections.Concurrent;
using Sandbox.Companion;
using Sandbox.Keycloak;
using Sandbox.Processes;
using Sandbox.Synapse;
using Sandbox.Worlds;
using StandIns.Homeserver;
using StandIns.IdentityProvider;

namespace Sandbox.Chaos;

/// <summary>How often a kind of fault was asked for, and how often it found something to strike.</summary>
internal sealed record FaultCount(string Name, int Planned, int Struck);

/// <summary>Makes faults happen in a world of stand-ins.</summary>
internal sealed class FaultInjector(World world) : IDisposable
{
    private const int MostStarts = 20;
    private static readonly TimeSpan Outage = TimeSpan.FromMilliseconds(300);
    private readonly SemaphoreSlim[] _companions = [.. world.Companions.Select(_ => new SemaphoreSlim(1))];
    private readonly SemaphoreSlim _database = new(1);
    private readonly ConcurrentBag<Task> _underWay = [];
    private readonly ConcurrentQueue<(string Name, Func<bool> HasStruck)> _planned = new();
    private readonly IdentityProviderFaults _provider = ((KeycloakStandIn)world.Keycloak).Faults;
    private readonly HomeserverFaults _chat = ((SynapseStandIn)world.Synapse).Faults;

    public IReadOnlyList<FaultCount> Counts =>
        [
            .. _planned.GroupBy(planned => planned.Name, StringComparer.Ordinal)
                .Select(kind => new FaultCount(kind.Key, kind.Count(), kind.Count(planned => planned.HasStruck())))
                .OrderBy(kind => kind.Name, StringComparer.Ordinal),
        ];

    /// <summary>Sets off what a round has planned for a moment; returns at once.</summary>
    public void Begin(RoundPlan round, Moment moment, CancellationToken cancellationToken)
    {
        foreach (var planned in round.Faults.Where(planned => planned.Moment == moment))
        {
            _underWay.Add(StrikeAsync(planned, cancellationToken));
        }
    }

    /// <summary>Takes back what has not struck, and waits until every server is up.</summary>
    public async Task EndAsync()
    {
        await Task.WhenAll(_underWay);
        _provider.Clear();
        _chat.Clear();
        world.Mail.Behave();
        world.DatabaseRelay.Behave();
    }

    public void Dispose()
    {
        foreach (var semaphore in (SemaphoreSlim[])[.. _companions, _database])
        {
            semaphore.Dispose();
        }
    }

    private async Task StrikeAsync(RoundFault planned, CancellationToken cancellationToken)
    {
        await Task.Delay(planned.After, cancellationToken);
        var handle = planned.Fault switch
        {
            Fault.CutCommit cut => world.DatabaseRelay.CutNext(cut.Cut),
            Fault.Webhook webhook => _provider.NextWebhook(webhook.Type, webhook.What),
            Fault.Provider request => _provider.Next(request.Method, request.Part, request.What),
            Fault.Mail mail => world.Mail.Fail(mail.Point, mail.What, times: 1),
            Fault.Chat request => _chat.Next(request.Method, request.Part, request.What),
            _ => null,
        };
        _planned.Enqueue((planned.Fault.Name, () => handle?.HasStruck ?? true));
        await (planned.Fault switch
        {
            Fault.Kill kill => KillAsync(kill.Companion, cancellationToken),
            Fault.Freeze freeze => FreezeAsync(freeze, cancellationToken),
            Fault.RestartDatabase restart => RestartAsync(restart.Crash, cancellationToken),
            _ => Task.CompletedTask,
        });
    }

    private Task KillAsync(int number, CancellationToken cancellationToken) => AloneAsync(
        _companions[number],
        async () =>
        {
            await world.Companions[number].KillAsync();
            await Task.Delay(Outage, cancellationToken);
            await StartAgainAsync(world.Companions[number], cancellationToken);
        },
        cancellationToken);

    private Task FreezeAsync(Fault.Freeze freeze, CancellationToken cancellationToken) => AloneAsync(
        _companions[freeze.Companion],
        async () =>
        {
            world.Companions[freeze.Companion].Freeze();
            try
            {
                await Task.Delay(freeze.For, cancellationToken);
            }
            finally
            {
                world.Companions[freeze.Companion].Thaw();
            }
        },
        cancellationToken);

    private Task RestartAsync(bool crash, CancellationToken cancellationToken) => AloneAsync(
        _database,
        async () =>
        {
            await (crash ? world.Postgres.KillAsync() : world.Postgres.StopAsync());
            await Task.Delay(Outage, cancellationToken);
            await world.Postgres.RestartAsync(cancellationToken);
        },
        cancellationToken);

    // One thing at a time happens to a server.
    private static async Task AloneAsync(SemaphoreSlim server, Func<Task> happenAsync, CancellationToken cancellationToken)
    {
        await server.WaitAsync(cancellationToken);
        try
        {
            await happenAsync();
        }
        finally
        {
            server.Release();
        }
    }

    // Whoever runs a companion starts it again until it stays, for example because the database is away at that moment.
    private static async Task StartAgainAsync(CompanionServer companion, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await companion.StartAgainAsync(cancellationToken);
                return;
            }
            catch (ServerFailedException) when (attempt < MostStarts)
            {
                await Task.Delay(Outage, cancellationToken);
            }
        }
    }
}
