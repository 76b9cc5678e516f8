using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Engine.Topology;

/// <summary>What the team of a new participant is to know.</summary>
internal static class ParticipantSheet
{
    /// <param name="topology">What the orchestrator's things are called.</param>
    /// <param name="name">The participant.</param>
    /// <param name="user">Where the password of its broker user stands.</param>
    /// <param name="role">Where the password of its database role stands.</param>
    /// <param name="isPlanned">Whether a registered plan names it.</param>
    public static string Of(SagaTopology topology, string name, string user, string role, bool isPlanned)
    {
        var broker = $"amqp://{topology.Queue}:PASSWORD@HOST:5672/{Uri.EscapeDataString(topology.VirtualHost)}";
        var planned = isPlanned
            ? $"The registered plans name '{name}'."
            : $"No registered plan names '{name}' yet. The contract has its messages once a step says .At(\"{name}\").";
        return $"""
            '{name}' has all that it needs. For its team:

            queue          {name}, in the virtual host {topology.VirtualHost}: read commands here
            answers        {Queues.ExchangeOf(topology.Queue)}, as saga.replyTo of each command says: send answers to that exchange
            dead letters   {Queues.ExchangeOf(Queues.DeadLetterOf(name))}: what cannot be read goes to this exchange
            given up       {Queues.IncomingDeadLetterOf(name)}: what the broker gave up; read it, and move each to the dead letters
            user           {name}; its password stands {user}
            database       role {name}; its password stands {role}
            schema         {name}; a migrator's role applies tables to it
            fence          psql -v ON_ERROR_STOP=1 -c 'set search_path to {name}' -f infra/postgres/fence.sql
            contract       GET /api/v1/contract/asyncapi of the orchestrator, or its verb contract --format asyncapi
            certify        sagas-certify --queue {name} --contract asyncapi.json --broker {broker}

            {planned}

            """;
    }
}
