using System.Reflection;
using MassTransit.RabbitMqTransport;

namespace SagaOrchestrator.Tests.Endpoints;

/// <summary>A channel that notes what it is told.</summary>
public class NotingChannel : DispatchProxy
{
    private readonly List<ulong> acknowledged = [];
    private readonly List<(ulong Tag, bool Requeue)> nacked = [];
    private readonly HashSet<ulong> settled = [];

    public IReadOnlyList<ulong> Acknowledged => Read(acknowledged);

    public IReadOnlyList<(ulong Tag, bool Requeue)> Nacked => Read(nacked);

    /// <summary>
    /// How many deliveries are settled. One that is settled twice counts as if the broker had closed the channel: as none.
    /// </summary>
    public int Settled { get; private set; }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        switch (targetMethod?.Name)
        {
            case nameof(ChannelContext.BasicAck):
                Note(acknowledged, (ulong)args![0]!);
                Settle((ulong)args[0]!, (bool)args[1]!);
                return ValueTask.CompletedTask;
            case nameof(ChannelContext.BasicNack):
                Note(nacked, ((ulong)args![0]!, (bool)args[2]!));
                return Task.CompletedTask;
            default:
                throw new NotSupportedException(targetMethod?.Name);
        }
    }

    private void Settle(ulong tag, bool multiple)
    {
        lock (settled)
        {
            var isKnown = settled.Add(tag);
            if (multiple)
            {
                settled.UnionWith(Enumerable.Range(1, (int)tag).Select(before => (ulong)before));
            }

            Settled = isKnown && Settled >= 0 ? settled.Count : int.MinValue / 2;
        }
    }

    private static void Note<T>(List<T> list, T item)
    {
        lock (list)
        {
            list.Add(item);
        }
    }

    private static IReadOnlyList<T> Read<T>(List<T> list)
    {
        lock (list)
        {
            return [.. list];
        }
    }
}
