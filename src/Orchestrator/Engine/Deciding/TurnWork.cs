using System.Text.Json;
using MassTransit;
using SagaOrchestrator.Messaging.Capture;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Engine.Deciding;

/// <summary>Where what follows an input goes, and the data that came with the input.</summary>
/// <param name="Unit">Commits with the saga's row.</param>
/// <param name="Data">A reply's result, a signal's data, or the result that an operator gave.</param>
internal sealed record TurnWork(UnitOfWork Unit, JsonElement? Data)
{
    /// <summary>For a message that is being handled.</summary>
    public static TurnWork Of(ConsumeContext context, JsonElement? data) => new(context.UnitOfWork(), data);
}
