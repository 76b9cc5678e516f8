using System.Globalization;
using SagaOrchestrator.Certify.Broker;
using SagaOrchestrator.Certify.Trials;
using static SagaOrchestrator.Certify.Rules.Judgement;

namespace SagaOrchestrator.Certify.Rules;

/// <summary>How the participant consumes, of which RabbitMQ's management API tells.</summary>
internal static class ConsumerRules
{
    private const int MostPrefetch = 1000;

    // A queue tells its counts every five seconds, and the management API reads them every five.
    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(11);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    public static IReadOnlyList<Rule> OfQueue { get; } =
    [
        new(
            "prefetch",
            "Each consumer has a prefetch of 1 to 1000: each crash counts against the delivery limit of every delivery that it holds.",
            "Set the prefetch (basic.qos) before you consume.",
            Prefetch,
            IsOfQueue: true
        ),
        new(
            "acknowledged",
            "What is answered is acknowledged: no delivery stays unacknowledged.",
            "Acknowledge each message after its answer. What stays unacknowledged fills the prefetch, and comes again.",
            Acknowledged,
            IsOfQueue: true
        ),
    ];

    private static async Task<string> Prefetch(Trial trial)
    {
        var (console, ended) = (Console(trial), trial.Bench.CancellationToken);

        // It knows of a new consumer after some seconds.
        for (var waited = TimeSpan.Zero; waited < trial.Bench.Patience; waited += Pause)
        {
            var counts = await console.Prefetches(ended);
            if (counts.Length > 0)
            {
                var seen = "The consumers' prefetch is " + string.Join(", ", counts) + ".";
                Must(Array.TrueForAll(counts, count => count is > 0 and <= MostPrefetch), seen);
                return seen;
            }

            await Task.Delay(Pause, ended);
        }

        throw new NotTriedException("RabbitMQ's management API knows of no consumer of the queue.");
    }

    private static async Task<string> Acknowledged(Trial trial)
    {
        var (console, ended) = (Console(trial), trial.Bench.CancellationToken);
        await trial.Ask(trial.Do());
        await Task.Delay(Lag, ended);
        var count = await console.Unacknowledged(ended);
        for (var waited = TimeSpan.Zero; count != 0 && waited < trial.Bench.Patience; waited += Pause)
        {
            await Task.Delay(Pause, ended);
            count = await console.Unacknowledged(ended);
        }

        if (count is not { } found)
        {
            throw new NotTriedException("RabbitMQ's management API does not tell what is unacknowledged.");
        }

        Must(
            found == 0,
            string.Create(CultureInfo.InvariantCulture, $"{found} deliveries are unacknowledged, also after the last answer.")
        );
        return "Nothing is unacknowledged.";
    }

    private static ManagementApi Console(Trial trial) =>
        trial.Bench.Console ?? throw new NotTriedException("RabbitMQ's management API is not given (--console).");
}
