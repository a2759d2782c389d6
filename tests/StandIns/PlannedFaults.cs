using System.Diagnostics.CodeAnalysis;

namespace StandIns;

/// <summary>A fault that was asked for.</summary>
public sealed class PlannedFault
{
    /// <summary>Whether it has found something to strike.</summary>
    public bool HasStruck { get; internal set; }
}

/// <summary>Faults on demand, in the order they were asked for: each strikes the first occasion that it is meant for.</summary>
/// <typeparam name="TOccasion">What a server is about to do.</typeparam>
/// <typeparam name="TFault">What goes wrong.</typeparam>
internal sealed class PlannedFaults<TOccasion, TFault>
{
    private readonly List<(Predicate<TOccasion> IsMeant, TFault Fault, int Times, PlannedFault Handle)> _planned = [];

    public PlannedFault Add(Predicate<TOccasion> isMeant, TFault fault, int times = 1)
    {
        var handle = new PlannedFault();
        lock (_planned)
        {
            _planned.Add((isMeant, fault, times, handle));
        }

        return handle;
    }

    /// <returns>False when nothing is to go wrong now.</returns>
    public bool TryTake(TOccasion occasion, [MaybeNullWhen(false)] out TFault fault)
    {
        lock (_planned)
        {
            var index = _planned.FindIndex(planned => planned.IsMeant(occasion));
            if (index < 0)
            {
                fault = default;
                return false;
            }

            var planned = _planned[index];
            if (planned.Times == 1)
            {
                _planned.RemoveAt(index);
            }
            else
            {
                _planned[index] = planned with { Times = planned.Times - 1 };
            }

            planned.Handle.HasStruck = true;
            fault = planned.Fault;
            return true;
        }
    }

    /// <summary>What has not struck yet does not any more.</summary>
    public void Clear()
    {
        lock (_planned)
        {
            _planned.Clear();
        }
    }
}
