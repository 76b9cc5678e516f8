using System.Globalization;
using RabbitMQ.Client;

namespace SagaOrchestrator.Fuzz.Generating;

/// <summary>What the broker carries beside the body.</summary>
internal static class Properties
{
    private const string Envelope = "application/vnd.masstransit+json";

    public static BasicProperties Of(Dice dice, int number, string user)
    {
        var headers = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [HostileMessage.Mark] = number.ToString(CultureInfo.InvariantCulture),
        };
        var properties = new BasicProperties
        {
            ContentType = Envelope,
            DeliveryMode = DeliveryModes.Persistent,
            MessageId = dice.Id().ToString(),
            Headers = headers,
        };
        if (dice.OneIn(2))
        {
            properties.UserId = user;
        }

        if (dice.OneIn(4))
        {
            Change(dice, properties);
        }

        if (dice.OneIn(4))
        {
            Add(dice, headers);
        }

        return properties;
    }

    private static void Change(Dice dice, BasicProperties properties)
    {
        switch (dice.Below(10))
        {
            case 0:
                properties.Priority = 255;
                break;
            case 1:
                properties.UserId = "somebody-else";
                break;
            case 2:
                properties.ContentType = dice.Of(
                    "application/json",
                    "text/plain",
                    "nonsense",
                    "application/vnd.masstransit+xml",
                    "application/vnd.masstransit+json; charset=nope"
                );
                break;
            case 3:
                properties.ContentEncoding = dice.Of("gzip", "utf-16", "nope");
                break;
            case 4:
                properties.MessageId = dice.Of(string.Empty, "order-4711", Guid.Empty.ToString(), new string('m', 255));
                break;
            case 5:
                properties.CorrelationId = "nope";
                break;
            case 6:
                properties.ReplyTo = "nowhere";
                break;
            case 7:
                properties.Type = new string('t', 255);
                break;
            case 8:
                properties.Timestamp = new AmqpTimestamp(long.MaxValue);
                break;
            default:
                properties.DeliveryMode = DeliveryModes.Transient;
                break;
        }
    }

    private static void Add(Dice dice, Dictionary<string, object?> headers)
    {
        switch (dice.Below(12))
        {
            case 0:
                headers["MT-Redelivery-Count"] = "many";
                break;
            case 1:
                headers["MT-Fault-Message"] = "forged";
                headers["MT-Reason"] = 5;
                break;
            case 2:
                headers["dead-letter-reason"] = "forged";
                headers["dead-letter-from"] = 7;
                break;
            case 3:
                headers["requeues"] = dice.Of<object>("x", -1, int.MaxValue, 3);
                headers["sent-by"] = "payments";
                break;
            case 4:
                headers["traceparent"] = dice.Of("nope", "00-zz-zz-zz", "\u0000");
                break;
            case 5:
                headers["saga-id"] = dice.Of<object>("nope", 5, Guid.Empty.ToString());
                break;
            case 6:
                headers["x-long"] = new string('h', dice.Of(1000, 60_000, 100_000, 130_000));
                break;
            case 7:
                for (var count = dice.Of(100, 1000); count > 0; count--)
                {
                    headers[string.Create(CultureInfo.InvariantCulture, $"x-{count}")] = count;
                }

                break;
            case 8:
                headers["x-table"] = new Dictionary<string, object?>
                {
                    ["a"] = new List<object?> { 1, "b", null, new Dictionary<string, object?>() },
                };
                break;
            case 9:
                headers["x-bytes"] = dice.Bytes(100);
                break;
            case 10:
                headers["x-death"] = new List<object?>
                {
                    new Dictionary<string, object?>
                    {
                        ["count"] = 99L,
                        ["reason"] = "rejected",
                        ["queue"] = "orchestrator",
                    },
                };
                break;
            default:
                headers["x-delivery-count"] = 99L;
                break;
        }
    }
}
