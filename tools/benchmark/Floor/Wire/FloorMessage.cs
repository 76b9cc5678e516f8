using System.Text;
using RabbitMQ.Client;

namespace SagaOrchestrator.Benchmarks.Floor.Wire;

/// <summary>A message of the floor: what says what it is are typed properties, and the body is the content alone.</summary>
/// <param name="Id">Its id.</param>
/// <param name="SagaId">The saga.</param>
/// <param name="Type">One of <see cref="FloorTypes"/>.</param>
/// <param name="Step">The step, empty where there is none.</param>
/// <param name="Exchange">Where it goes; empty for a queue.</param>
/// <param name="Queue">Which queue.</param>
/// <param name="Body">JSON.</param>
internal sealed record FloorMessage(Guid Id, Guid SagaId, string Type, string Step, string Exchange, string Queue, string Body)
{
    public static FloorMessage To(string queue, Guid saga, string type, string step, string body) =>
        new(Guid.CreateVersion7(), saga, type, step, string.Empty, queue, body);

    public static FloorMessage Event(string exchange, Guid saga, string type, string body) =>
        new(Guid.CreateVersion7(), saga, type, string.Empty, exchange, string.Empty, body);

    public Outgoing ToBroker() => new(Exchange, Queue, Properties(), Encoding.UTF8.GetBytes(Body));

    private BasicProperties Properties() =>
        new()
        {
            MessageId = Id.ToString("N"),
            CorrelationId = SagaId.ToString("N"),
            Type = Type,
            AppId = Step,
            Persistent = true,
        };
}

/// <summary>What a message of the floor can be.</summary>
internal static class FloorTypes
{
    public const string Start = "start";
    public const string Do = "do";
    public const string Undo = "undo";
    public const string Done = "done";
    public const string Rejected = "rejected";
    public const string Undone = "undone";
    public const string Ended = "ended";
}
