using System.Diagnostics;
using System.Text.Json;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Envelopes;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Runner.Check;

/// <summary>
/// Asks participants that are somebody else's what they have of sagas that have ended. This is the contract's enquiry; nothing of theirs is
/// looked into. What they once said for an ended saga does not change, so they are asked for it once.
/// </summary>
/// <param name="broker">RabbitMQ's management API, as an administrator.</param>
/// <param name="virtualHost">Where their queues are.</param>
/// <param name="patience">How long to wait for the answers.</param>
internal sealed class Enquiries(HttpClient broker, string virtualHost, TimeSpan patience)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<(Guid, string), string> known = [];

    /// <summary>The participants' words. One that does not answer says null.</summary>
    public async Task<IReadOnlyList<AnswerFact>> Ask(IReadOnlyCollection<Enquiry> enquiries, CancellationToken cancellationToken)
    {
        var open = enquiries.Where(enquiry => !known.ContainsKey(enquiry.Key)).ToDictionary(_ => Guid.NewGuid());
        if (open.Count > 0)
        {
            await using var box = await ReplyBox.Open(
                broker,
                virtualHost,
                open.Values.Select(enquiry => enquiry.Participant).Distinct(),
                cancellationToken
            );
            await Parallel.ForEachAsync(
                open,
                new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken },
                async (asked, cancelled) => await box.Send(Message(asked.Key, asked.Value, box.Exchange), cancelled)
            );
            await Collect(box, open, cancellationToken);
        }

        return
        [
            .. enquiries.Select(enquiry => new AnswerFact(
                enquiry.Participant,
                enquiry.Saga,
                enquiry.Step,
                known.GetValueOrDefault(enquiry.Key)
            )),
        ];
    }

    private async Task Collect(ReplyBox box, Dictionary<Guid, Enquiry> open, CancellationToken cancellationToken)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < patience && !open.Values.All(enquiry => known.ContainsKey(enquiry.Key)); )
        {
            var answers = await box.Take(cancellationToken);
            foreach (var answer in answers)
            {
                Note(answer, open);
            }

            if (answers.Count == 0)
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    // As the orchestrator counts a reply: it is signed by whom was asked, and has the id that only he was told.
    private void Note(Answer answer, Dictionary<Guid, Enquiry> open)
    {
        try
        {
            using var read = JsonDocument.Parse(answer.Body);
            var message = read.RootElement.GetProperty("message");
            if (
                open.TryGetValue(message.GetProperty("commandId").GetGuid(), out var asked)
                && asked.Participant == answer.User
                && asked.Key == (message.GetProperty("sagaId").GetGuid(), message.GetProperty("step").GetString()!)
            )
            {
                known[asked.Key] = message.GetProperty("outcome").GetString()!;
            }
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // What is no answer leaves the enquiry open, and the check says so.
        }
    }

    private static OutgoingMessage Message(Guid commandId, Enquiry enquiry, string replyTo) =>
        OutgoingEnvelope.Of(
            Queues.ExchangeOf(enquiry.Participant),
            new QueryOutcome(1)
            {
                Saga = new CommandContext(
                    enquiry.Saga,
                    enquiry.SagaType,
                    enquiry.BusinessKey,
                    enquiry.Step,
                    CommandDirection.Do,
                    1,
                    commandId,
                    replyTo
                ),
            },
            messageId: null,
            enquiry.Saga,
            []
        );
}

/// <summary>What a participant is asked: whether it has the effect of a step.</summary>
internal sealed record Enquiry(string Participant, Guid Saga, string SagaType, string BusinessKey, string Step)
{
    public (Guid, string) Key => (Saga, Step);
}
