using System.Collections.Concurrent;
using System.Text;
using SagaOrchestrator.Fuzz.Generating;
using SagaOrchestrator.Fuzz.Judging;
using SagaOrchestrator.Fuzz.Reporting;
using SagaOrchestrator.Fuzz.Sending;

namespace SagaOrchestrator.Fuzz.Running;

/// <summary>Calm, then hostile, then the judgement.</summary>
internal sealed class FuzzRun(FuzzOptions options) : IDisposable
{
    private const int AtATime = 8;

    private readonly HttpClient http = new() { BaseAddress = options.Api, Timeout = TimeSpan.FromSeconds(30) };
    private readonly Victims victims = new(options.Seed);
    private readonly Reproducer reproducer = new(options);
    private readonly ConcurrentQueue<string> badAnswers = new();
    private readonly ConcurrentBag<int> confirmed = [];
    private readonly ConcurrentDictionary<int, int> statuses = new();
    private int refused;

    public static async Task<IReadOnlyList<VerdictLine>> Run(FuzzOptions options, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Failures);
        using var run = new FuzzRun(options);
        return await run.Run(cancellationToken);
    }

    public void Dispose() => http.Dispose();

    private async Task<IReadOnlyList<VerdictLine>> Run(CancellationToken cancellationToken)
    {
        DrawAll();
        using var broker = new BrokerWatch(options.Console);
        await using var letters = new DeadLetters();
        await letters.Start(options.AmqpPort, cancellationToken);
        var honest = new HonestOrders(http, options.Seed, options.Honest);
        Say(
            $"Calm: honest orders only, {options.WarmUp.TotalSeconds} s to warm up and {options.Calm.TotalSeconds} s to compare with. "
                + $"Seed {options.Seed}"
        );
        await honest.Run(Phase.WarmUp, options.WarmUp);
        await honest.Run(Phase.Calm, options.Calm);
        await StartVictims(cancellationToken);
        var connections = await broker.ServiceConnections(cancellationToken);
        var memory = options.Processes.ToDictionary(process => process.Key, process => Memory.Of(process.Value));

        Say($"Hostile: {options.Requests} requests and {options.Messages} messages, {options.Rate} of each a second");
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var orders = honest.Run(Phase.Hostile, over.Token);
        await Task.WhenAll(SendRequests(cancellationToken), SendMessages(cancellationToken));
        await over.CancelAsync();
        await orders;

        Say("Judging");
        var ends = await honest.Judge(cancellationToken);
        var left = await broker.WaitUntilEmpty(cancellationToken);
        var reads = await SagaReads.All(http, cancellationToken);
        var after = await broker.ServiceConnections(cancellationToken);
        return
        [
            VerdictLine.None(
                "every request is answered as it should be",
                [.. badAnswers],
                $"{options.Requests} requests: "
                    + $"{string.Join(", ", statuses.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} × {pair.Value}"))}"
            ),
            Messages(letters.All),
            Doubled(letters.All),
            VerdictLine.None("every queue is empty", left, "of commands, replies and starts"),
            VerdictLine.None("every saga can be read over every route", reads.Failures, $"{reads.Read} sagas"),
            VerdictLine.None("every honest order ended as it should", ends, $"{honest.Sent.Count} orders"),
            Latencies(honest),
            VerdictLine.None(
                "no connection of a service broke",
                [.. connections.Except(after, StringComparer.Ordinal).Select(name => $"{name} is gone")],
                $"{connections.Count} connections"
            ),
            .. memory.Select(process => MemoryLine(process.Key, process.Value, Memory.Of(options.Processes[process.Key]))),
        ];
    }

    // A mistake of the fuzzer's own ends the run at its beginning, and not after the hour that it takes to come to the case.
    private void DrawAll()
    {
        var draw = new MessageDraw(options.Seed, victims);
        for (var number = 0; number < options.Messages; number++)
        {
            _ = draw.Of(number);
        }
    }

    private async Task StartVictims(CancellationToken cancellationToken)
    {
        foreach (var (type, json) in victims.Starts())
        {
            using var content = new StringContent(json, Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync(new Uri($"/api/v1/sagas/{type}", UriKind.Relative), content, cancellationToken);
            answer.EnsureSuccessStatusCode();
        }
    }

    private async Task SendRequests(CancellationToken cancellationToken)
    {
        var draw = new RequestDraw(options.Seed, victims, await ApiRoutes.Read(http, cancellationToken));
        await Pace.Run(
            options.Requests,
            options.Rate,
            AtATime,
            async (_, number) =>
            {
                var request = draw.Of(number);
                var answer = await HttpSender.Send(options.Api, request, cancellationToken);
                statuses.AddOrUpdate(answer.Status, 1, (_, count) => count + 1);
                if (AnswerJudge.Complaint(request, answer, options.Api) is { } complaint)
                {
                    badAnswers.Enqueue($"{complaint}: {reproducer.Of(request)}");
                }
            },
            cancellationToken
        );
    }

    private async Task SendMessages(CancellationToken cancellationToken)
    {
        var draw = new MessageDraw(options.Seed, victims);
        var senders = Enumerable.Range(0, AtATime).Select(_ => new MessageSender(options.AmqpPort)).ToList();
        await Pace.Run(
            options.Messages,
            options.Rate,
            AtATime,
            async (worker, number) =>
            {
                if (await senders[worker].Send(draw.Of(number), cancellationToken))
                {
                    confirmed.Add(number);
                }
                else
                {
                    Interlocked.Increment(ref refused);
                }
            },
            cancellationToken
        );
        foreach (var sender in senders)
        {
            await sender.DisposeAsync();
        }
    }

    private VerdictLine Messages(IReadOnlyCollection<DeadLetter> letters)
    {
        var draw = new MessageDraw(options.Seed, victims);
        var wrong = new MessageJudge(draw).Judge(confirmed, letters);
        var reasons = string.Join(
            ", ",
            letters
                .GroupBy(letter => letter.Reason ?? "no reason")
                .OrderByDescending(group => group.Count())
                .Select(group => $"{group.Key} × {group.Count()}")
        );
        return VerdictLine.None(
            "every message is handled or a dead letter with a reason, its bytes unchanged",
            [.. wrong.Select(one => one.Number is { } number ? $"{one.Complaint}: {reproducer.Of(draw.Of(number))}" : one.Complaint)],
            $"{confirmed.Count} messages, {refused} more refused by the broker; dead letters: {reasons}"
        );
    }

    // A dead letter is sent again when the broker has not confirmed it within five seconds. Whether it is that slow is a matter of the
    // machine, as latency is.
    private VerdictLine Doubled(IReadOnlyCollection<DeadLetter> letters)
    {
        var draw = new MessageDraw(options.Seed, victims);
        var doubled = MessageJudge.Doubled(letters);
        return options.JudgesLatency
            ? VerdictLine.None(
                "no message is a dead letter twice",
                [.. doubled.Select(number => "it is one more than once: " + reproducer.Of(draw.Of(number)))],
                $"{letters.Count} dead letters"
            )
            : new VerdictLine("messages that are dead letters twice, not judged", Holds: true, $"{doubled.Count} of {letters.Count}", []);
    }

    private VerdictLine Latencies(HonestOrders honest)
    {
        var (calm, hostile) = (
            Latency.Of(honest.Sent.Where(order => order.Phase is Phase.Calm)),
            Latency.Of(honest.Sent.Where(order => order.Phase is Phase.Hostile))
        );
        return options.JudgesLatency
            ? new VerdictLine(
                "honest orders take at most twice their calm p95",
                hostile.IsAtMostTwice(calm),
                $"calm {calm}; hostile {hostile}",
                []
            )
            : new VerdictLine("honest orders' latency, not judged", Holds: true, $"calm {calm}; hostile {hostile}", []);
    }

    private static VerdictLine MemoryLine(string process, long before, long after) =>
        new($"the memory of {process} is flat", Memory.IsFlat(before, after), $"{before} MB, then {after} MB", []);

    private static void Say(string text) => Console.Error.WriteLine("==> " + text);
}
