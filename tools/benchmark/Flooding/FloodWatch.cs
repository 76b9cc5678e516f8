using System.Diagnostics;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Benchmarks.Flooding;

/// <summary>Sends a flood, and watches it until it has been dealt with.</summary>
internal sealed class FloodWatch(Flood flood, IReadOnlyList<FloodMessage> messages, Whereabouts whereabouts, FloodBroker broker)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan IndexPatience = TimeSpan.FromMinutes(2);

    private long mostWaiting;

    public async Task<FloodCourse> Follow(FloodStage stage, CancellationToken cancellationToken)
    {
        var from = Stopwatch.GetTimestamp();
        await broker.Publish(messages, flood.Sender).WaitAsync(Patience, cancellationToken);
        var sent = Stopwatch.GetElapsedTime(from);
        await Until(whereabouts.QueuesAreEmpty, Patience, cancellationToken);
        var passed = Stopwatch.GetTimestamp();
        if (flood.Waits)
        {
            var away = Task.Delay(TimeSpan.FromSeconds(stage.Options.AwaySeconds), cancellationToken);
            await Until(() => Task.FromResult(away.IsCompleted), Patience, cancellationToken);
            await flood.BringBack(stage, cancellationToken);
        }

        var isDealtWith = false;
        await Until(
            async () => (isDealtWith = await whereabouts.AreDealtWith()) || await whereabouts.AreDeadLetters(),
            Patience,
            cancellationToken
        );
        var until = Stopwatch.GetTimestamp();
        // Their copies come to the index a moment later.
        await Until(IsIndexed, IndexPatience, cancellationToken);
        var (handled, letters) = (await whereabouts.Handled(), await whereabouts.DeadLetters());
        return new FloodCourse(
            flood.Name,
            messages.Count,
            sent.TotalSeconds,
            Stopwatch.GetElapsedTime(from, passed).TotalSeconds,
            Stopwatch.GetElapsedTime(from, until).TotalSeconds,
            mostWaiting,
            handled,
            letters,
            [.. Wrong(isDealtWith, handled, letters), .. await WrongInQueue()]
        )
        {
            Whole = new Span(from, until),
            Rest = new Span(passed, until),
        };
    }

    private async Task<bool> IsIndexed() =>
        flood.Fate.Reason is null || (await whereabouts.DeadLetters()).Sum(letters => letters.Count) >= messages.Count;

    private IEnumerable<string> Wrong(bool isDealtWith, long handled, IReadOnlyList<Letters> letters)
    {
        if (!isDealtWith)
        {
            yield return $"not dealt with, after {Patience.TotalMinutes:0} minutes or when there were dead letters in their place";
        }

        if (flood.Waits && mostWaiting == 0)
        {
            yield return "none of them was seen waiting in the database";
        }

        if (flood.Fate.HandledBy is not null && handled != messages.Count)
        {
            yield return $"{handled} of {messages.Count} were handled";
        }

        foreach (var some in letters.Where(some => !IsRight(some)))
        {
            yield return $"{some.Count} dead letters {some.Reason} of {some.Messages} messages in '{Queues.DeadLetterOf(some.Queue)}', of "
                + $"which {some.OfFlood} are the flood's";
        }

        if (flood.Fate.Reason is { } reason && letters.Count == 0)
        {
            yield return $"no dead letters {reason}";
        }
    }

    // Each is a dead letter once. The dead letters of a flood that is handled are the answers to it.
    private bool IsRight(Letters letters) =>
        letters.Queue == Queues.Orchestrator
        && letters.Reason == flood.Fate.Reason
        && letters.Count == messages.Count
        && letters.Messages == messages.Count
        && letters.OfFlood == (flood.Fate.HandledBy is null ? messages.Count : 0);

    // The next flood finds it empty.
    private async Task<IEnumerable<string>> WrongInQueue()
    {
        var queue = Queues.DeadLetterOf(Queues.Orchestrator);
        var (found, right) = (await broker.Purge(queue), flood.Fate.Reason is null ? 0 : messages.Count);
        return found == right ? [] : [$"there were {found} messages in '{queue}', not {right}"];
    }

    private async Task<bool> Until(Func<Task<bool>> condition, TimeSpan patience, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Poll);
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(began) > patience)
            {
                return false;
            }

            mostWaiting = Math.Max(mostWaiting, await whereabouts.Waiting());
            await timer.WaitForNextTickAsync(cancellationToken);
        }

        return true;
    }
}
