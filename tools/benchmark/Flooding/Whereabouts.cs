using Npgsql;
using SagaOrchestrator.Benchmarks.Driving;
using SagaOrchestrator.Benchmarks.Serving;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Benchmarks.Flooding;

/// <summary>Where the messages of one flood are.</summary>
internal sealed class Whereabouts : IAsyncDisposable
{
    private readonly DateTimeOffset since = DateTimeOffset.UtcNow;
    private readonly Flood flood;
    private readonly FloodBroker broker;
    private readonly Guid[] ids;
    private readonly NpgsqlConnection orchestrator;
    private readonly NpgsqlConnection participants;

    private Whereabouts(
        Flood flood,
        FloodBroker broker,
        IReadOnlyList<FloodMessage> messages,
        NpgsqlConnection orchestrator,
        NpgsqlConnection participants
    )
    {
        (this.flood, this.broker, this.orchestrator, this.participants) = (flood, broker, orchestrator, participants);
        ids = [.. messages.Select(message => message.Id)];
    }

    // A connection for each question would cost more than the question.
    public static async Task<Whereabouts> Open(
        Flood flood,
        IReadOnlyList<FloodMessage> messages,
        BenchServers servers,
        FloodBroker broker,
        CancellationToken cancellationToken
    )
    {
        await using var first = servers.Open(BenchServers.OrchestratorDatabase);
        await using var second = servers.Open(BenchServers.ParticipantsDatabase);
        return new Whereabouts(
            flood,
            broker,
            messages,
            await first.OpenConnectionAsync(cancellationToken),
            await second.OpenConnectionAsync(cancellationToken)
        );
    }

    /// <summary>Whether each has been taken from its queue, at this moment.</summary>
    public async Task<bool> QueuesAreEmpty()
    {
        foreach (var service in flood.Services)
        {
            if (await broker.Waiting(service) > 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>How many wait in the database.</summary>
    public async Task<long> Waiting()
    {
        var waiting = 0L;
        foreach (var service in flood.Services)
        {
            waiting += await Count(service, $"select count(*) from {service}.waiting_message");
        }

        return waiting;
    }

    /// <summary>Whether nothing is left to do.</summary>
    public async Task<bool> AreDealtWith() =>
        await QueuesAreEmpty()
        && await Waiting() == 0
        && (flood.Fate.HandledBy is null || await Handled() == ids.Length)
        && (flood.Fate.Reason is null || await broker.Waiting(Queues.DeadLetterOf(Queues.Orchestrator)) >= ids.Length);

    /// <summary>Whether nothing more will be done, because there are dead letters where there must be none.</summary>
    public async Task<bool> AreDeadLetters() =>
        flood.Fate.Reason is null
        && await QueuesAreEmpty()
        && await Waiting() == 0
        && await broker.Waiting(Queues.DeadLetterOf(Queues.Orchestrator)) > 0;

    /// <summary>How many were handled, as the inbox of the service tells that must have handled them.</summary>
    public async Task<long> Handled() =>
        flood.Fate.HandledBy is { } service
            ? await Count(service, $"select count(*) from {service}.inbox where message_id = any($1)", ids)
            : 0;

    /// <summary>The dead letters since the flood began, as the orchestrator's index knows them.</summary>
    public async Task<IReadOnlyList<Letters>> DeadLetters()
    {
        await using var command = new NpgsqlCommand(
            """
            select queue, reason, count(*), count(distinct message_id), count(distinct message_id) filter (where message_id = any($2))
            from orchestrator.dead_letter where at >= $1 group by queue, reason
            """,
            orchestrator
        );
        command.Parameters.Add(new() { Value = since });
        command.Parameters.Add(new() { Value = ids.Select(id => id.ToString()).ToArray() });
        await using var row = await command.ExecuteReaderAsync();
        var letters = new List<Letters>();
        while (await row.ReadAsync())
        {
            letters.Add(new Letters(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)));
        }

        return letters;
    }

    public async ValueTask DisposeAsync()
    {
        await orchestrator.DisposeAsync();
        await participants.DisposeAsync();
    }

    private async Task<long> Count(string service, string sql, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, service == Roles.Orchestrator ? orchestrator : participants);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new() { Value = parameter });
        }

        return (long)(await command.ExecuteScalarAsync())!;
    }
}

/// <summary>Dead letters of one queue with one reason.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Reason">The reason.</param>
/// <param name="Count">How many.</param>
/// <param name="Messages">Of how many messages.</param>
/// <param name="OfFlood">Of how many that the driver sent.</param>
internal sealed record Letters(string Queue, string Reason, long Count, long Messages, long OfFlood);
