namespace SagaOrchestrator.Benchmarks.Serving;

/// <summary>The systems that are compared.</summary>
internal static class SystemNames
{
    public const string Product = "product";
    public const string MassTransitMemory = "masstransit-memory";
    public const string FloorMessage = "floor-message";
    public const string FloorGroup = "floor-group";

    public static IReadOnlyList<string> All { get; } = [Product, MassTransitMemory, FloorMessage, FloorGroup];
}

/// <summary>The two processes of a system.</summary>
internal static class Roles
{
    public const string Orchestrator = "orchestrator";
    public const string Participants = "participants";
}
