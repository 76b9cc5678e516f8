using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Participants.Steps;

namespace SagaOrchestrator.Participants.Services.Shipping;

internal sealed class PostgresShipments(string schema) : IShipments
{
    private readonly string create = $"""
        insert into {schema}.shipment
            (shipment_id, saga_id, order_id, units, tracking_number, street, city, region, postal_code, country)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """;

    private readonly string cancel = $"update {schema}.shipment set cancelled_at = now() where saga_id = $1 and cancelled_at is null";

    public void Create(StepContext context, Shipment shipment)
    {
        var address = shipment.Address;
        context.Database.Write(
            create,
            shipment.Id,
            shipment.SagaId,
            shipment.OrderId,
            shipment.Units,
            shipment.TrackingNumber,
            address.Street,
            address.City,
            SqlValue.Text(address.Region),
            SqlValue.Text(address.PostalCode),
            address.Country
        );
    }

    public void Cancel(StepContext context) => context.Database.Write(cancel, context.SagaId);
}
