using System.Net.Sockets;
using Npgsql;

namespace SagaOrchestrator.Outbox.Endpoints;

/// <summary>Tells failures of the surroundings, which pass, from failures of the message, which do not.</summary>
public static class Transient
{
    /// <summary>Whether waiting is the right answer. Recognised by type and SQLSTATE, never by message text (rule S27).</summary>
    public static bool Is(Exception? exception) => exception switch
    {
        null => false,
        PostgresException postgres => postgres.IsTransient,
        NpgsqlException or SocketException or TimeoutException => true,
        OperationCanceledException => true,
        _ => Is(exception.InnerException),
    };
}
