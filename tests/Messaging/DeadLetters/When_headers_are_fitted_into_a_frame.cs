using System.Text;
using RabbitMQ.Client;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.DeadLetters;
using SagaOrchestrator.Messaging.RabbitMq.DeadLetters;
using SagaOrchestrator.Messaging.RabbitMq.Senders;
using SagaOrchestrator.Messaging.TransportHeaders;

namespace SagaOrchestrator.Tests.DeadLetters;

/// <summary>All headers of a message travel in one frame. A longer one would break the connection that its neighbours are on.</summary>
[Property("Rule", "S41")]
public sealed class When_headers_are_fitted_into_a_frame
{
    private static readonly MessageSenders Senders = new("orchestrator", new SenderProofs());

    private static readonly KeyValuePair<string, string?>[] Why =
    [
        new(SagaHeaders.DeadLetterReason, "malformed"),
        new(SagaHeaders.DeadLetterMessage, new string('m', 5000)),
    ];

    [Test]
    public void Should_keep_what_fits_as_it_came()
    {
        var copy = Letter(
                new()
                {
                    ["text"] = "ä"u8.ToArray(),
                    ["number"] = 7,
                    ["nothing"] = null,
                    ["bytes"] = new byte[] { 0xff, 0 },
                }
            )
            .Whole(HeaderRoom.UsualFrame, Senders);
        Text(copy, "text").ShouldBe("ä");
        copy.Headers!["number"].ShouldBe(7);
        copy.Headers.Keys.ShouldContain("nothing");
        copy.Headers["bytes"].ShouldBe(new byte[] { 0xff, 0 });
        copy.Headers.Keys.ShouldNotContain(SagaHeaders.DeadLetterCut);
    }

    [TestCase(131_072)]
    [TestCase(0)]
    [TestCase(8192)]
    public void Should_put_our_own_first_and_cut_text_and_leave_out_the_rest(int frame)
    {
        var copy = Letter(
                new()
                {
                    ["long"] = Encoding.UTF8.GetBytes(new string('x', 130_500)),
                    ["binary"] = Enumerable.Repeat((byte)0xff, 130_500).ToArray(),
                    ["list"] = new List<object> { new string('y', 130_500) },
                    ["small"] = "s"u8.ToArray(),
                }
            )
            .Whole(frame, Senders);
        Text(copy, SagaHeaders.DeadLetterReason).ShouldBe("malformed");
        Text(copy, SagaHeaders.DeadLetterMessage).Length.ShouldBeInRange(100, 2000);
        Text(copy, "long").Length.ShouldBeInRange(100, 2000);
        copy.Headers!.Keys.ShouldNotContain("binary");
        copy.Headers.Keys.ShouldNotContain("list");
        Text(copy, "small").ShouldBe("s");
        Text(copy, SagaHeaders.DeadLetterCut).ShouldBe("long, binary, list");
    }

    [Test]
    public void Should_fit_thousands_of_headers([Values(4096, 131_072)] int frame)
    {
        var copy = Letter(
                Enumerable
                    .Range(0, 5000)
                    .ToDictionary(number => $"header-{number}", number => (object?)Encoding.UTF8.GetBytes(new string('x', 20)))
            )
            .Whole(frame, Senders);
        copy.Headers!.Sum(header => 7 + Encoding.UTF8.GetByteCount(header.Key) + ((byte[])header.Value!).Length).ShouldBeLessThan(frame);
        Text(copy, SagaHeaders.DeadLetterReason).ShouldBe("malformed");
    }

    [TestCase("cloudEvents:subject")]
    [TestCase("cloudEvents_subject")]
    [TestCase(SagaHeaders.SubjectKey)]
    public void Should_keep_what_the_message_is_read_with_before_what_else_it_has(string name)
    {
        var headers = Enumerable
            .Range(0, 5000)
            .ToDictionary(number => $"header-{number}", number => (object?)Encoding.UTF8.GetBytes(new string('x', 20)));
        headers["cloudEvents:specversion"] = "1.0"u8.ToArray();
        headers[name] = Encoding.UTF8.GetBytes(new string('k', 2500));
        Text(Letter(headers).Whole(HeaderRoom.UsualFrame, Senders), name).ShouldBe(new string('k', 2500));
    }

    [Test]
    public void Should_keep_what_a_bare_format_is_read_with_when_the_broker_refuses_the_rest()
    {
        var letter = Letter(
            new()
            {
                ["cloudEvents:specversion"] = "1.0"u8.ToArray(),
                ["cloudEvents_id"] = "7"u8.ToArray(),
                ["else"] = "x"u8.ToArray(),
            }
        );
        var original = new BasicProperties((BasicProperties)letter.Original) { Type = "urn:message:A:B", MessageId = "7" };
        var bare = (letter with { Original = original }).Bare(HeaderRoom.UsualFrame, Senders);
        (bare.Type, bare.MessageId, bare.CorrelationId).ShouldBe(("urn:message:A:B", "7", "kept"));
        (Text(bare, "cloudEvents:specversion"), Text(bare, "cloudEvents_id")).ShouldBe(("1.0", "7"));
        bare.Headers!.Keys.ShouldNotContain("else");
        bare.IsUserIdPresent().ShouldBeFalse();
    }

    [Test]
    public void Should_leave_out_what_is_about_an_earlier_life_and_the_senders_name()
    {
        var copy = Letter(
                new()
                {
                    ["dead-letter-path"] = "old"u8.ToArray(),
                    ["orphan-waits"] = "4"u8.ToArray(),
                    ["requeues"] = "9"u8.ToArray(),
                }
            )
            .Whole(131_072, Senders);
        copy.Headers!.Keys.ShouldBe([SagaHeaders.DeadLetterReason, SagaHeaders.DeadLetterMessage, SagaHeaders.SentBy]);
        copy.IsUserIdPresent().ShouldBeFalse();
        copy.IsExpirationPresent().ShouldBeFalse();
        copy.CorrelationId.ShouldBe("kept");
    }

    [Test]
    public void Should_cut_whole_characters_only()
    {
        HeaderRoom.Cut("a😀b", 5).ShouldBe("a😀");
        HeaderRoom.Cut("a😀b", 4).ShouldBe("a");
        HeaderRoom.Cut("äö", 3).ShouldBe("ä");
        HeaderRoom.Cut("short", 2000).ShouldBe("short");
    }

    private static DeadLetter Letter(Dictionary<string, object?> headers) =>
        new(
            "orchestrator",
            new BasicProperties
            {
                Headers = headers,
                UserId = "somebody",
                Expiration = "1000",
                CorrelationId = "kept",
            },
            default,
            Why
        );

    private static string Text(BasicProperties copy, string name) => Encoding.UTF8.GetString((byte[])copy.Headers![name]!);
}
