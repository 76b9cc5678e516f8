using System.Globalization;

namespace SagaOrchestrator.Fuzz.Generating;

/// <summary>Valid bodies, from which the hostile ones are made.</summary>
internal static class Examples
{
    public const string Product = "fuzz-1";

    /// <summary>A start of either type.</summary>
    public static string Start(string type, string key, string token = "tok_visa", string product = Product)
    {
        // A company's order of this size waits for an approval.
        var price = type == Victims.Business ? "60000.00" : "44.00";
        var ordered = type == Victims.Business ? string.Empty : "\"orderedOn\":\"2026-01-31\",";
        return $$$"""
            {"orderId":"{{{key}}}","customerId":"customer-1",{{{ordered}}}"currency":"USD","total":"{{{price}}}","items":[{"productId":"{{{product}}}","quantity":1,"unitPrice":"{{{price}}}"}],"paymentMethod":{"type":"card","token":"{{{token}}}"},"shippingAddress":{"name":"Customer 1","street":"1 Main Street","city":"Lisbon","region":null,"postalCode":null,"country":"Portugal"}}
            """;
    }

    public static string Signal(Guid id) => $$$"""{"signalId":"{{{id}}}","name":"approval","data":{"by":"the manager","note":"fine"}}""";

    public static string Action(string step) => $$$"""{"by":"fuzz","reason":"To see what happens.","step":"{{{step}}}"}""";

    public static string Extension(string step) =>
        $$$"""{"by":"fuzz","reason":"To see what happens.","step":"{{{step}}}","until":"2099-12-24T18:00:00Z"}""";

    public static string Cancel => """{"by":"fuzz","reason":"To see what happens."}""";

    public static string Resolution(string step, string outcome) =>
        $$$"""{"by":"fuzz","reason":"To see what happens.","step":"{{{step}}}","outcome":"{{{outcome}}}","result":{"trackingNumber":"T-1"}}""";

    /// <summary>A reply to a step.</summary>
    public static string Reply(string type, Guid saga, string step, Guid command, int attempt)
    {
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"\"sagaId\":\"{saga}\",\"step\":\"{step}\",\"commandId\":\"{command}\",\"attempt\":{attempt}"
        );
        return type switch
        {
            "SagaStepCompleted" =>
                $$$"""{ {{{head}}},"result":{"reservationId":"r-1","units":1,"paymentId":"p-1","gatewayReference":"g-1","shipmentId":"s-1","trackingNumber":"t-1"}}""",
            "SagaStepFailed" => $$$"""{ {{{head}}},"kind":"rejected","code":"insufficient_stock","reason":"There is not enough."}""",
            "SagaCompensationCompleted" => $$$"""{ {{{head}}},"nothingToUndo":true}""",
            "SagaCompensationFailed" => $$$"""{ {{{head}}},"code":"gateway_unavailable","reason":"It is away."}""",
            "SagaStepProgressed" => $$$"""{ {{{head}}},"note":"half of it"}""",
            _ => $$$"""{ {{{head}}},"outcome":"done","result":{"trackingNumber":"t-1"}}""",
        };
    }

    /// <summary>A command to a participant.</summary>
    public static string Command(string type, Guid saga, string step, string direction, Guid command, int attempt)
    {
        var context = string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"sagaId":"{{{saga}}}","sagaType":"order-fulfillment","businessKey":"o-{{{saga}}}","step":"{{{step}}}","direction":"{{{direction}}}","attempt":{{{attempt}}},"commandId":"{{{command}}}","replyTo":"to.orchestrator"}"""
        );
        var order = $"\"orderId\":\"o-{saga}\"";
        var body = type switch
        {
            "ReserveItems" => $"{order},\"lines\":[{{\"productId\":\"{Product}\",\"quantity\":1}}]",
            "ProcessPayment" => order + ",\"customerId\":\"c-1\",\"amount\":\"12.50\",\"currency\":\"USD\",\"paymentToken\":\"tok_visa\"",
            "CreateShipment" => order
                + ",\"units\":1,\"address\":{\"name\":\"N\",\"street\":\"S "
                + "1\",\"city\":\"Lisbon\",\"region\":null,\"postalCode\":null,\"country\":\"Portugal\"}",
            "SendOrderConfirmation" => order + ",\"customerId\":\"c-1\",\"trackingNumber\":\"t-1\"",
            "QueryOutcome" => "\"enquiry\":1,\"fenceUnfinished\":false",
            _ => order + ",\"customerId\":\"c-1\"",
        };
        return $"{{{body},\"saga\":{context}}}";
    }
}
