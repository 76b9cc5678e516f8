using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Fuzz.Generating;

/// <summary>Draws hostile messages to every queue, as each user who may send there.</summary>
internal sealed class MessageDraw(int seed, Victims victims)
{
    private const int Kind = 2;

    public static readonly IReadOnlyList<string> Queues = ["orchestrator", "inventory", "payments", "shipping", "notifications"];

    private static readonly string[] Replies =
    [
        "SagaStepCompleted",
        "SagaStepFailed",
        "SagaCompensationCompleted",
        "SagaCompensationFailed",
        "SagaStepProgressed",
        "SagaStepOutcomeReported",
    ];

    private static readonly string[] Steps = ["reserve_inventory", "process_payment", "create_shipment", "send_confirmation", "nothing"];

    public HostileMessage Of(int number)
    {
        var dice = new Dice(seed, Kind, number);
        var queue = dice.OneIn(2) ? Queues[0] : dice.Of(Queues);
        var user = queue == Queues[0] ? dice.Of("client", "client", dice.Of(Queues.Skip(1).ToList())) : dice.Of("orchestrator", queue);
        var (type, valid) = queue == Queues[0] ? ToOrchestrator(dice, number) : ToParticipant(dice, queue);
        var (body, mustBeDeadLetter) = Envelopes.Of(dice, type, valid);
        return new HostileMessage(
            number,
            Messages.Queues.ExchangeOf(queue),
            user,
            Properties.Of(dice, number, user),
            body,
            mustBeDeadLetter
        );
    }

    private (string Type, string Valid) ToOrchestrator(Dice dice, int number)
    {
        var victim = Victims.Any(dice);
        var saga = dice.OneIn(2) ? victims.Id(victim) : dice.Id();
        switch (dice.Below(10))
        {
            case 0:
                return (
                    "SagaOrchestrator.Messages.Orders.OrderFulfillment:StartOrderFulfillment",
                    Examples.Start(Victims.Order, $"fuzz-m-{seed}-{number}")
                );
            case 1:
                return (
                    "SagaOrchestrator.Messages.Orders.BusinessOrders:StartBusinessOrder",
                    Examples.Start(Victims.Business, $"fuzz-m-{seed}-{number}")
                );
            case 2:
                return ("SagaOrchestrator.Messages:SagaSignal", $$"""{"sagaId":"{{saga}}",{{Examples.Signal(dice.Id())[1..]}}""");
            case 3:
                return (
                    "SagaOrchestrator.Messages.Orchestrator:SagaTimerDue",
                    $$"""{"sagaId":"{{saga}}","timer":"{{dice.Of(Steps)}}/do/1/reply"}"""
                );
            case 4:
                return ("SagaOrchestrator.Messages.Orchestrator:SagaAccepted", $$"""{"sagaId":"{{saga}}"}""");
            default:
                var (type, step) = (dice.Of(Replies), dice.Of(Steps));
                var direction = type.StartsWith("SagaCompensation", StringComparison.Ordinal) ? Direction.Undo : Direction.Do;
                var command = dice.OneIn(4) ? dice.Id() : SagaIds.OfCommand(saga, step, direction);
                return (
                    $"SagaOrchestrator.Messages:{type}",
                    Examples.Reply(type, saga, step, command, dice.Of(1, 1, 1, 2, 0, -1, int.MaxValue))
                );
        }
    }

    // Sagas that nobody knows: what a participant does for a victim would change how that ends.
    private static (string Type, string Valid) ToParticipant(Dice dice, string queue)
    {
        var saga = dice.Id();
        var (space, step, execute, undo) = queue switch
        {
            "inventory" => ("Inventory", "reserve_inventory", "ReserveItems", "ReleaseReservation"),
            "payments" => ("Payments", "process_payment", "ProcessPayment", "RefundPayment"),
            "shipping" => ("Shipping", "create_shipment", "CreateShipment", "CancelShipment"),
            _ => ("Notifications", "send_confirmation", "SendOrderConfirmation", "SendCancellationNotice"),
        };
        if (dice.OneIn(6))
        {
            return (
                "SagaOrchestrator.Messages:QueryOutcome",
                Examples.Command("QueryOutcome", saga, step, "do", SagaIds.OfCommand(saga, step, Direction.Do), 1)
            );
        }

        var (type, direction, word) = dice.OneIn(3) ? (undo, Direction.Undo, "undo") : (execute, Direction.Do, "do");
        return (
            $"SagaOrchestrator.Messages.{space}:{type}",
            Examples.Command(type, saga, step, word, SagaIds.OfCommand(saga, step, direction), dice.Of(1, 1, 2, 0, -1))
        );
    }
}
