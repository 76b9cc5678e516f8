namespace SagaOrchestrator.Benchmarks.Driving;

/// <summary>How the servers are reached over TLS.</summary>
/// <param name="RabbitMqPort">The broker's port for it. Postgres takes both on one.</param>
/// <param name="Authority">The file with the certificate of who vouches for both.</param>
internal sealed record ServersTls(int RabbitMqPort, string Authority);
