using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Http.Breakers;
using SagaOrchestrator.Http.BulkJobs;
using SagaOrchestrator.Http.DeadLetters;
using SagaOrchestrator.Http.OperateSaga;
using SagaOrchestrator.Http.PlanDocuments;
using SagaOrchestrator.Http.SignalSaga;
using SagaOrchestrator.Http.Webhooks;

namespace SagaOrchestrator.Http.Description;

/// <summary>Of a route: an example of its body.</summary>
internal sealed record BodyExample(JsonNode Json);

/// <summary>An example of each body that is the same in every installation. Where callers are known, <c>by</c> is left out of it.</summary>
internal static class BodyExamples
{
    private const string By = "\"by\": \"alice\", \"reason\": \"The provider is back.\"";

    private static readonly string Document = JsonSerializer.Serialize(
        """
        plan: parcel
        version: 1
        data: { type: object, required: [parcelId], properties: { parcelId: { type: string, format: key } } }
        key: /data/parcelId
        example: { parcelId: P-1 }
        steps:
          - { name: send, at: parcels, kind: retriable, command: "Acme.Parcels:Send", input: { parcel: { from: /data/parcelId } } }
        """
    );

    private static readonly Dictionary<Type, string> All = new()
    {
        [typeof(OperatorRequest)] = $$"""{ {{By}} }""",
        [typeof(StepAction)] = $$"""{ "step": "process_payment", {{By}} }""",
        [typeof(Resolution)] = $$"""{ "step": "process_payment", "outcome": "done", {{By}} }""",
        [typeof(Extension)] = $$"""{ "until": "2099-12-24T18:00:00Z", {{By}} }""",
        [typeof(RedriveRequest)] = $$"""{ {{By}} }""",
        [typeof(BreakerRequest)] = $$"""{ "state": "automatic", {{By}} }""",
        [typeof(BulkJobRequest)] =
            $$"""{ "verb": "retry", "filter": { "state": "Parked", "errorCode": "timeout" }, "dryRun": true, {{By}} }""",
        [typeof(WebhookRequest)] =
            $$"""{ "url": "https://shop.example/hooks", "outcomes": ["Failed", "Parked"], "alarms": true, {{By}} }""",
        [typeof(PlanDocumentText)] = $$"""{ "document": {{Document}} }""",
        [typeof(PlanDocumentRequest)] = $$"""{ "document": {{Document}}, {{By}} }""",
        [typeof(DeliveriesRequest)] = $$"""{ "since": "2026-01-31T12:00:00Z", "cause": "503", "dryRun": true, {{By}} }""",
        [typeof(RotateSecretRequest)] = $$"""{ "overlap": "1d", {{By}} }""",
        [typeof(SignalRequest)] =
            """{ "signalId": "5d0c2f6e-6a0e-4c39-9d0d-0c5d7a4c7b11", "name": "approval", "data": { "by": "purchasing" } }""",
    };

    /// <summary>The example; null when there is none.</summary>
    public static JsonNode? Of(Type body) => All.TryGetValue(body, out var json) ? JsonNode.Parse(json) : null;
}
