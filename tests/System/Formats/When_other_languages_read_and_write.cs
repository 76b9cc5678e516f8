using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using MassTransit;
using MassTransit.Serialization;
using RabbitMQ.Client;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Envelopes;
using SagaOrchestrator.Messaging.Formats;
using SagaOrchestrator.Messaging.RabbitMq.Consuming;
using SagaOrchestrator.Messaging.RabbitMq.Publishing;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Formats;

/// <summary>
/// Each kind of value has one written form: Node.js and Python read it from a message of ours, and what they write of it is the same to us.
/// </summary>
public sealed class When_other_languages_read_and_write
{
    private static readonly Values Message = new(
        Money: 1234567.80m,
        Yen: 1500m,
        Small: 0.0000000000000000000000000001m,
        Most: 12345678901234567890.12345678m,
        Negative: -0.05m,
        Units: int.MaxValue,
        Bytes: 9007199254740991L,
        Day: new DateOnly(2026, 1, 31),
        At: new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero),
        Outcome: ReportedOutcome.NotDone,
        Id: Guid.Parse("0b87c1f6-5a3c-4f0e-9d0a-0123456789ab"),
        IsGift: true,
        Text: "ä \"quoted\" \\ \u2028 🚲",
        Nothing: null
    );

    private static IEnumerable<TestCaseData> Cases() =>
        from language in new[] { "node", "/usr/bin/python3" }
        from format in Enum.GetValues<MessageFormat>()
        select new TestCaseData(language, format).SetArgDisplayNames(Path.GetFileName(language), format.ToString());

    [TestCaseSource(nameof(Cases))]
    public async Task Should_find_each_value_as_it_was(string language, MessageFormat format)
    {
        var (messageId, sagaId) = (Guid.NewGuid(), Guid.NewGuid());
        var sent =
            format == MessageFormat.Envelope
                ? OutgoingEnvelope.Of("q", Message, messageId, sagaId, [])
                : OutgoingFormats.Of(format, "q", Message, messageId, sagaId, [], MessageOrigin.Step("s"));
        var came = MessageProperties.Of(sent, user: null);

        var answer = await Ask(language, format, sagaId, came, sent.Body.ToArray());

        var read = Read(answer);
        read.MessageId.ShouldBe(messageId);
        read.TryGetMessage<Values>(out var message).ShouldBeTrue();
        message.ShouldBe(Message);
    }

    [Test]
    public void Should_leave_out_what_is_nothing_and_write_decimals_as_strings()
    {
        var body = JsonElement.Parse(
            OutgoingFormats.Of(MessageFormat.Json, "q", Message, null, Guid.NewGuid(), [], MessageOrigin.Step("s")).Body.ToArray()
        );
        body.TryGetProperty("nothing", out _).ShouldBeFalse();
        body.GetProperty("money").GetString().ShouldBe("1234567.80");
        body.GetProperty("units").GetRawText().ShouldBe("2147483647");
        body.GetProperty("outcome").GetString().ShouldBe("not_done");
        body.GetProperty("day").GetString().ShouldBe("2026-01-31");
        body.GetProperty("at").GetString().ShouldBe("2026-01-31T12:00:00+00:00");
    }

    private static SerializerContext Read((BasicProperties Properties, byte[] Body) answer)
    {
        var beside = BesideBody.Of(answer.Properties);
        var format = ContentTypes.FormatOf(answer.Properties.ContentType, beside.Type, beside.IsEvent);
        return format == MessageFormat.Envelope
            ? new LeanDeserializer(IntakeLimits.Default, MessageAttributes.InMemory).Deserialize(
                new BytesMessageBody(answer.Body),
                EmptyHeaders.Instance
            )
            : new LeanSerializerContext(
                SystemTextJsonMessageSerializer.Instance,
                new BytesMessageBody(answer.Body),
                answer.Body,
                OtherFormats.Read(format, beside, answer.Body),
                IntakeLimits.Default
            );
    }

    // The samples' own reader and writer of formats, with the language's own JSON.
    private static async Task<(BasicProperties Properties, byte[] Body)> Ask(
        string language,
        MessageFormat format,
        Guid sagaId,
        BasicProperties properties,
        byte[] body
    )
    {
        var here = Path.Combine(TestServers.Root, "tests/System/Formats");
        using var process = Process.Start(
            new ProcessStartInfo(language, [Path.Combine(here, language == "node" ? "echo.mjs" : "echo.py"), MessageFormats.Word(format)])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
                Environment = { ["PYTHONDONTWRITEBYTECODE"] = "1" },
            }
        )!;
        var came = new JsonObject
        {
            ["contentType"] = properties.ContentType,
            ["type"] = properties.Type,
            ["messageId"] = properties.MessageId,
            ["sagaId"] = sagaId.ToString(),
            ["headers"] = new JsonObject(
                properties.Headers!.Select(header => KeyValuePair.Create(header.Key, (JsonNode?)(string?)header.Value))
            ),
            ["body"] = System.Text.Encoding.UTF8.GetString(body),
        };
        await process.StandardInput.WriteAsync(came.ToJsonString());
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await errors);
        var written = JsonNode.Parse(await output)!;
        var answered = new BasicProperties
        {
            ContentType = (string?)written["contentType"],
            Type = (string?)written["type"],
            MessageId = (string?)written["messageId"],
            Headers = written["headers"]!.AsObject().ToDictionary(header => header.Key, header => (object?)(string?)header.Value),
        };
        return (answered, System.Text.Encoding.UTF8.GetBytes((string)written["body"]!));
    }

    /// <summary>One of each kind.</summary>
    public sealed record Values(
        decimal Money,
        decimal Yen,
        decimal Small,
        decimal Most,
        decimal Negative,
        int Units,
        long Bytes,
        DateOnly Day,
        DateTimeOffset At,
        ReportedOutcome Outcome,
        Guid Id,
        bool IsGift,
        string Text,
        string? Nothing
    );
}
