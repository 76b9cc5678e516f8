using RabbitMQ.Client;

namespace SagaOrchestrator.Fuzz.Generating;

/// <summary>A message as it goes to the broker.</summary>
/// <param name="Number">Which one of its run.</param>
/// <param name="Exchange">The exchange in front of a queue.</param>
/// <param name="User">Who sends it.</param>
/// <param name="Properties">Its properties; the header x-fuzz-id holds the number.</param>
/// <param name="Body">Its bytes.</param>
/// <param name="MustBeDeadLetter">Whether nobody can handle it, however it is read.</param>
internal sealed record HostileMessage(
    int Number,
    string Exchange,
    string User,
    BasicProperties Properties,
    byte[] Body,
    bool MustBeDeadLetter
)
{
    public const string Mark = "x-fuzz-id";
}
