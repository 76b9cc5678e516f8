namespace SagaOrchestrator.Console.Api;

/// <summary>What the caller may do, as the API says it.</summary>
internal sealed record Permissions(string? Name, IReadOnlyList<Permission> Roles, IReadOnlyList<string> StartableTypes, string Rest);

/// <summary>One role.</summary>
internal sealed record Permission(string Role, string Does, bool May);
