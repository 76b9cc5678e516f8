using System.Text.Json;
using MassTransit;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Consuming;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Messaging.Formats;
using SagaOrchestrator.Messaging.TransportHeaders;

namespace SagaOrchestrator.Messaging.DeadLetters;

/// <summary>Does the same with a message of a type that nobody handles.</summary>
internal sealed class UnhandledMessageFilter(string queue, FailedMessageFilter failed, IBroker? broker) : IFilter<ReceiveContext>
{
    private const int LongestList = 500;

    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        var types = HeaderRoom.Cut(TypesOf(context), LongestList);
        await failed.Move(
            context,
            new RefusedMessageException(
                DeadLetterReason.UnknownMessageType,
                $"Nothing at queue '{queue}' handles [{types}]. Check the message's type, or deploy the version that knows it and "
                    + $"move the message back."
            )
        );
        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("unhandled");

    private string TypesOf(ReceiveContext delivery)
    {
        var beside = broker?.AttributesOf(delivery) ?? MessageAttributes.InMemory(delivery);
        return ContentTypes.FormatOf(delivery.ContentType?.MediaType, beside.Type, beside.IsEvent) switch
        {
            MessageFormat.Envelope => TypesOf(delivery.GetBody()),
            MessageFormat.CloudEvents => JsonElement.Parse(delivery.GetBody()).GetProperty("type").GetString()!,
            _ => beside.Type!,
        };
    }

    // Read as leniently as the serializer reads; a type that cannot be named must not keep the message from being moved.
    private static string TypesOf(byte[] body)
    {
        try
        {
            using var envelope = JsonDocument.Parse(
                body,
                new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip }
            );
            var types = envelope
                .RootElement.EnumerateObject()
                .First(property => property.Name.Equals("messageType", StringComparison.OrdinalIgnoreCase))
                .Value;
            return string.Join(", ", types.EnumerateArray().Take(5));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return "no messageType";
        }
    }
}
