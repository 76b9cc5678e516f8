using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

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
    private const string Messages = "urn:message:SagaOrchestrator.Messages:";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<(Guid, string), string> known = [];

    /// <summary>The participants' words. One that does not answer says null.</summary>
    public async Task<IReadOnlyList<AnswerFact>> Ask(IReadOnlyCollection<Enquiry> enquiries, CancellationToken cancellationToken)
    {
        var open = enquiries.Where(enquiry => !known.ContainsKey(enquiry.Key)).ToList();
        if (open.Count > 0)
        {
            await using var box = await ReplyBox.Open(
                broker,
                virtualHost,
                open.Select(enquiry => enquiry.Participant).Distinct(),
                cancellationToken
            );
            await Parallel.ForEachAsync(
                open,
                new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken },
                async (enquiry, cancelled) => await box.Send(enquiry.Participant, Message(enquiry, box.Exchange), cancelled)
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

    private async Task Collect(ReplyBox box, List<Enquiry> open, CancellationToken cancellationToken)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < patience && !open.All(enquiry => known.ContainsKey(enquiry.Key)); )
        {
            var answers = await box.Take(cancellationToken);
            foreach (var answer in answers)
            {
                Note(answer);
            }

            if (answers.Count == 0)
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    private void Note(string answer)
    {
        try
        {
            using var read = JsonDocument.Parse(answer);
            var message = read.RootElement.GetProperty("message");
            known[(message.GetProperty("sagaId").GetGuid(), message.GetProperty("step").GetString()!)] = message
                .GetProperty("outcome")
                .GetString()!;
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // What is no answer leaves the enquiry open, and the check says so.
        }
    }

    private static JsonObject Message(Enquiry enquiry, string replyTo) =>
        new()
        {
            ["messageId"] = Guid.NewGuid().ToString(),
            ["messageType"] = new JsonArray(Messages + "QueryOutcome"),
            ["message"] = new JsonObject
            {
                ["enquiry"] = 1,
                ["fenceUnfinished"] = false,
                ["saga"] = new JsonObject
                {
                    ["sagaId"] = enquiry.Saga.ToString(),
                    ["sagaType"] = enquiry.SagaType,
                    ["businessKey"] = enquiry.BusinessKey,
                    ["step"] = enquiry.Step,
                    ["direction"] = "do",
                    ["attempt"] = 1,
                    ["commandId"] = Guid.NewGuid().ToString(),
                    ["replyTo"] = replyTo,
                },
            },
        };
}

/// <summary>What a participant is asked: whether it has the effect of a step.</summary>
internal sealed record Enquiry(string Participant, Guid Saga, string SagaType, string BusinessKey, string Step)
{
    public (Guid, string) Key => (Saga, Step);
}
