namespace SagaOrchestrator.Benchmarks.Serving;

/// <summary>The systems.</summary>
internal static class SystemNames
{
    public const string Product = "product";
    public const string ProductEf = "product-ef";
    public const string ProductHttp = "product-http";
    public const string ProductHttpSecured = "product-http-secured";
    public const string ProductSecured = "product-secured";
    public const string ProductTraced10 = "product-traced-10";
    public const string ProductTraced100 = "product-traced-100";
    public const string MassTransitMemory = "masstransit-memory";
    public const string FloorMessage = "floor-message";
    public const string FloorGroup = "floor-group";

    /// <summary>Those that are compared unless others are asked for.</summary>
    public static IReadOnlyList<string> Compared { get; } = [Product, MassTransitMemory, FloorMessage, FloorGroup];

    /// <summary>Those that are the product.</summary>
    public static IReadOnlyList<string> Products { get; } =
    [Product, ProductEf, ProductHttp, ProductHttpSecured, ProductSecured, ProductTraced10, ProductTraced100];

    /// <summary>Whether its servers are reached over TLS, and its sagas have marked values.</summary>
    public static bool IsSecured(string name) => name is ProductSecured or ProductHttpSecured;

    /// <summary>Whether its sagas start over REST.</summary>
    public static bool IsOverHttp(string name) => name is ProductHttp or ProductHttpSecured;

    /// <summary>All that there are.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Compared.Union(Products, StringComparer.Ordinal)];
}

/// <summary>The two processes of a system.</summary>
internal static class Roles
{
    public const string Orchestrator = "orchestrator";
    public const string Participants = "participants";
}
