using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SagaOrchestrator.Engine.Alarms;
using SagaOrchestrator.Engine.Feeds;

namespace SagaOrchestrator.Engine.Webhooks.Running;

/// <summary>
/// What is posted. Of an outcome it is what <c>GET /api/v1/outcomes</c> has of it, of an alarm what <c>GET /api/v1/alarms</c> has of it and
/// what became of it. Whatever it is, <c>state</c> tells.
/// </summary>
internal static class EventBody
{
    private const string Sagas = "/api/v1/sagas";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    public static string Of(SagaOutcome outcome) =>
        Written(
            new SagaBody
            {
                Position = outcome.Position,
                SagaId = outcome.SagaId,
                Type = outcome.Type,
                BusinessKey = outcome.BusinessKey,
                State = outcome.State,
                Verdict = outcome.Verdict,
                StartedAt = outcome.StartedAt,
                EndedAt = outcome.EndedAt,
                Error = ErrorBody.Of(outcome.ErrorStep, outcome.ErrorCode, outcome.ErrorReason),
                Columns = JsonElement.Parse(outcome.Columns),
                Links = new SagaLinks($"{Sagas}/{outcome.SagaId}"),
            }
        );

    public static string Of(SagaParking parking) =>
        Written(
            new SagaBody
            {
                Position = parking.Position,
                SagaId = parking.SagaId,
                Type = parking.Type,
                BusinessKey = parking.BusinessKey,
                State = nameof(WebhookEvent.Parked),
                StartedAt = parking.StartedAt,
                ParkedAt = parking.ParkedAt,
                Error = ErrorBody.Of(parking.Step, parking.Code, parking.Reason),
                Columns = JsonElement.Parse(parking.Columns),
                Links = new SagaLinks($"{Sagas}/{parking.SagaId}"),
            }
        );

    public static string Of(AlarmEvent happened)
    {
        var alarm = happened.Alarm;
        return Written(
            new AlarmBody(
                happened.Position,
                happened.What,
                happened.At,
                alarm.Kind,
                alarm.Subject,
                alarm.Detail,
                alarm.RaisedAt,
                alarm.Level,
                alarm.ClearedAt
            )
        );
    }

    public static string Ping(Guid webhook) => Written(new PingBody(WebhookEvent.Ping, webhook));

    private static string Written<T>(T body) => JsonSerializer.Serialize(body, Options);

    // In the order in which the API writes them.
    private sealed record SagaBody
    {
        public required long Position { get; init; }

        public required Guid SagaId { get; init; }

        public required string Type { get; init; }

        public required string BusinessKey { get; init; }

        public required string State { get; init; }

        public string? Verdict { get; init; }

        public required DateTimeOffset StartedAt { get; init; }

        public DateTimeOffset? EndedAt { get; init; }

        public DateTimeOffset? ParkedAt { get; init; }

        public ErrorBody? Error { get; init; }

        public required JsonElement Columns { get; init; }

        public required SagaLinks Links { get; init; }
    }

    private sealed record ErrorBody(string Step, string Code, string Reason)
    {
        public static ErrorBody? Of(string? step, string? code, string? reason) =>
            step is null ? null : new ErrorBody(step, code ?? string.Empty, reason ?? string.Empty);
    }

    private sealed record SagaLinks(string Saga);

    private sealed record AlarmBody(
        long Position,
        WebhookEvent State,
        DateTimeOffset At,
        string Kind,
        string Subject,
        string Detail,
        DateTimeOffset RaisedAt,
        AlarmLevel Level,
        DateTimeOffset? ClearedAt
    );

    private sealed record PingBody(WebhookEvent State, Guid WebhookId);
}
