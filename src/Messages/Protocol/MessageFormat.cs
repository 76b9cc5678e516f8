using System.Text.Json.Serialization;

namespace SagaOrchestrator.Messages;

/// <summary>
/// How a message is written on the broker. On the wire: <c>envelope</c>, <c>json</c>, <c>cloudevents</c> or <c>cloudevents-binary</c>.
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<MessageFormat>))]
public enum MessageFormat
{
    /// <summary>MassTransit's JSON envelope, <c>application/vnd.masstransit+json</c>.</summary>
    [JsonStringEnumMemberName("envelope")]
    Envelope,

    /// <summary>
    /// The message alone, <c>application/json</c>. The AMQP properties <c>type</c> and <c>message_id</c> say what the envelope would.
    /// </summary>
    [JsonStringEnumMemberName("json")]
    Json,

    /// <summary>A CloudEvent 1.0 in structured mode, <c>application/cloudevents+json</c>. Its <c>data</c> is the message.</summary>
    [JsonStringEnumMemberName("cloudevents")]
    CloudEvents,

    /// <summary>
    /// A CloudEvent 1.0 in binary mode: the message alone, <c>application/json</c>, its attributes in headers that begin with
    /// <c>cloudEvents:</c>.
    /// </summary>
    [JsonStringEnumMemberName("cloudevents-binary")]
    CloudEventsBinary,
}
