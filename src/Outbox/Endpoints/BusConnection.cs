namespace SagaOrchestrator.Outbox.Endpoints;

/// <summary>Where the broker is. Bound from the configuration section <c>RabbitMq</c>.</summary>
public sealed record BusConnection
{
    /// <summary>Host name or address.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>The AMQP port.</summary>
    public int Port { get; init; } = 5672;

    /// <summary>The virtual host.</summary>
    public string VirtualHost { get; init; } = "/";

    /// <summary>The service's own user.</summary>
    public string Username { get; init; } = string.Empty;

    /// <summary>Its password.</summary>
    public string Password { get; init; } = string.Empty;
}
