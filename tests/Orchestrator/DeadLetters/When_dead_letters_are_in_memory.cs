using System.Text;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Engine.DeadLetters;
using SagaOrchestrator.Engine.InMemory;
using SagaOrchestrator.Engine.Operating;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Messaging.DeadLetters;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Tests.DeadLetters;

/// <summary>The same face, without servers.</summary>
public sealed class When_dead_letters_are_in_memory
{
    private const string Envelope =
        """{"messageId":"0f8fad5b-d9cb-469f-a165-70867728950e","messageType":["urn:message:A:BookHotel"],"message":{}}""";
    private static readonly OperatorNote Note = new("ann", "It is mended.");

    private readonly Sent sent = new();
    private MemoryDeadLetters store = null!;
    private SagaDeadLetters letters = null!;

    [SetUp]
    public void Start()
    {
        sent.Messages.Clear();
        store = new MemoryDeadLetters(TimeProvider.System);
        letters = new SagaDeadLetters(store, new MemoryDeadLetterMover(store, () => sent), new PlanCatalogue([]), IntakeLimits.Default);
    }

    [Test]
    public async Task Should_be_redriven_as_they_were_and_once()
    {
        var id = await Keep();
        (await letters.Redrive([id, id], Note, CancellationToken.None)).ShouldBe([new(id, new DeadLetterAnswer.Done())]);
        (await letters.Redrive([id], Note, CancellationToken.None))[id].ShouldBeOfType<DeadLetterAnswer.Ended>().State.ShouldBe("redriven");
        var message = sent.Messages.ShouldHaveSingleItem();
        message.Destination.ShouldBe("to.hotels");
        message.MessageId.ShouldBe(new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"));
        message.Headers.ShouldBe([new("saga-step", "book")]);
        Encoding.UTF8.GetString(message.Body.Span).ShouldBe(Envelope);
        (await letters.Actions(id, CancellationToken.None))
            .Select(action => (action.Outcome, action.Who, action.Why))
            .ShouldBe([("asked", "ann", "It is mended."), ("done", "ann", "It is mended."), ("refused", "ann", "It is mended.")]);
    }

    [Test]
    public async Task Should_be_sent_edited_under_another_id_and_keep_what_they_were()
    {
        var id = await Keep();
        (
            await letters.RedriveEdited(
                id,
                Envelope.Replace("{}", """{"room":7}""", StringComparison.Ordinal),
                Note,
                CancellationToken.None
            )
        ).ShouldBe(new DeadLetterAnswer.Done());
        var message = sent.Messages.ShouldHaveSingleItem();
        var letter = (await letters.Get(id, CancellationToken.None))!;
        letter.EditedMessageId.ShouldBe(message.MessageId);
        message.MessageId.ShouldNotBe(new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"));
        Encoding.UTF8.GetString(message.Body.Span).ShouldContain(message.MessageId.ToString());
        Encoding.UTF8.GetString(message.Body.Span).ShouldContain("room");
        message.Headers["dead-letter-edited-by"].ShouldBe("ann");
        Encoding.UTF8.GetString((await letters.Body(id, edited: false, CancellationToken.None))!).ShouldBe(Envelope);
    }

    [TestCase("cloudEvents:")]
    [TestCase("cloudEvents_")]
    public async Task Should_be_sent_edited_as_events_with_the_new_id_even_if_they_had_none(string prefix)
    {
        var id = await Keep("application/json", new() { [prefix + "specversion"] = "1.0", [prefix + "type"] = "urn:message:A:B" });
        (await letters.RedriveEdited(id, """{"room":7}""", Note, CancellationToken.None)).ShouldBe(new DeadLetterAnswer.Done());
        var message = sent.Messages.ShouldHaveSingleItem();
        message.Headers[prefix + "id"].ShouldBe(message.MessageId.ToString());
        message.Headers.Keys.Count(name => name.EndsWith("id", StringComparison.Ordinal)).ShouldBe(1);
    }

    [TestCase("{", "body")]
    [TestCase("[]", "body")]
    [TestCase("""{"messageType":[7],"message":{}}""", "body.messageType")]
    [TestCase("""{"messageType":["a"],"message":7}""", "body.message")]
    [TestCase("""{"messageType":["a"],"messageType":["b"],"message":{}}""", "body")]
    public async Task Should_not_be_sent_edited_as_what_is_no_envelope(string body, string path)
    {
        var id = await Keep();
        (await letters.RedriveEdited(id, body, Note, CancellationToken.None))
            .ShouldBeOfType<DeadLetterAnswer.Invalid>()
            .Refusal.Path.ShouldBe(path);
        sent.Messages.ShouldBeEmpty();
        (await letters.Actions(id, CancellationToken.None)).Single().Outcome.ShouldBe("refused");
    }

    [Test]
    public async Task Should_be_discarded_many_at_once_and_answer_for_each()
    {
        var (one, two, none) = (await Keep(), await Keep(), Guid.NewGuid());
        var answers = await letters.Discard([one, none, two], Note, CancellationToken.None);
        answers[one].ShouldBe(new DeadLetterAnswer.Done());
        answers[two].ShouldBe(new DeadLetterAnswer.Done());
        answers[none].ShouldBe(new DeadLetterAnswer.Unknown());
        sent.Messages.ShouldBeEmpty();
        (await letters.Find(new DeadLetterQuery { States = ["discarded"] }, null, 10, CancellationToken.None)).Letters.Count.ShouldBe(2);
    }

    [Test]
    public async Task Should_be_given_no_more_than_a_look_can_carry()
    {
        await Should.ThrowAsync<ArgumentException>(() => letters.Discard([], Note, CancellationToken.None));
        var many = Enumerable.Range(0, 501).Select(_ => Guid.NewGuid()).ToList();
        await Should.ThrowAsync<ArgumentException>(() => letters.Discard(many, Note, CancellationToken.None));
    }

    [Test]
    public async Task Should_be_grouped_and_paged()
    {
        for (var number = 0; number < 3; number++)
        {
            await Keep();
        }

        (await letters.Groups(new DeadLetterQuery(), 10, CancellationToken.None)).Single().Count.ShouldBe(3);
        var first = await letters.Find(new DeadLetterQuery(), null, 2, CancellationToken.None);
        var second = await letters.Find(new DeadLetterQuery(), first.Next, 2, CancellationToken.None);
        first.Letters.Concat(second.Letters).Select(letter => letter.Id).ShouldBeUnique();
        second.Next.ShouldBeNull();
    }

    private async Task<Guid> Keep(string? contentType = null, Dictionary<string, object?>? headers = null)
    {
        var id = Guid.CreateVersion7();
        await new DeadLetterKeeper(store, TimeProvider.System).Keep(
            [
                new DeadLetterCopy(
                    id,
                    "hotels",
                    null,
                    contentType,
                    new Dictionary<string, object?>(headers ?? [])
                    {
                        ["dead-letter-id"] = id.ToString(),
                        ["dead-letter-reason"] = "orphan",
                        ["saga-step"] = "book",
                    },
                    Encoding.UTF8.GetBytes(Envelope)
                ),
            ],
            CancellationToken.None
        );
        return id;
    }

    private sealed class Sent : IMessageDispatcher
    {
        public List<OutgoingMessage> Messages { get; } = [];

        public Task Send(OutgoingMessage message, CancellationToken cancellationToken)
        {
            Messages.Add(message);
            return Task.CompletedTask;
        }
    }
}
