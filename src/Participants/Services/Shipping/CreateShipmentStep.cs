using SagaOrchestrator.Messages.Orders.Shipping;
using SagaOrchestrator.Participants.Steps;

namespace SagaOrchestrator.Participants.Services.Shipping;

/// <summary>Hands an order to the carrier, if it fits and has an address.</summary>
internal sealed class CreateShipmentStep(IShipments shipments, ShippingOptions options) : StepHandler<CreateShipment, CancelShipment>
{
    public override Task<StepOutcome> Do(CreateShipment command, StepContext context)
    {
        if (command.Units < 1 || command.Units > options.CarrierCapacity)
        {
            return new StepOutcome.Rejected(
                "over_capacity",
                $"The carrier takes 1 to {options.CarrierCapacity} units in one shipment; this order has {command.Units}."
            );
        }

        string[] missing = [.. Missing(command.Address)];
        if (missing.Length > 0)
        {
            return new StepOutcome.Rejected("incomplete_address", $"The address lacks {string.Join(", ", missing)}.");
        }

        var shipment = new Shipment(context.SagaId, command.OrderId, command.Units, command.Address);
        shipments.Create(context, shipment);
        return new StepOutcome.Completed(new ShipmentCreated(shipment.Id, shipment.TrackingNumber));
    }

    public override Task<UndoOutcome> Undo(CancelShipment command, StepContext context)
    {
        shipments.Cancel(context);
        return new UndoOutcome.Completed();
    }

    private static IEnumerable<string> Missing(ShippingAddress? address) =>
        new (string Field, string? Value)[] { ("street", address?.Street), ("city", address?.City), ("country", address?.Country) }
            .Where(field => string.IsNullOrWhiteSpace(field.Value))
            .Select(field => field.Field);
}
