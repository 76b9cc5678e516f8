namespace SagaOrchestrator.Benchmarks.Workload;

/// <summary>The four steps, in their order, and whose they are.</summary>
internal static class Steps
{
    public const string Reserve = "reserve";
    public const string Charge = "charge";
    public const string Ship = "ship";
    public const string Notify = "notify";

    public static IReadOnlyList<Step> All { get; } =
    [new(Reserve, "inventory"), new(Charge, "payments"), new(Ship, "shipping"), new(Notify, "notifications")];

    /// <summary>What is undone when the third step rejects, in the order of its undoing.</summary>
    public static IReadOnlyList<string> Undone { get; } = [Charge, Reserve];

    public static int IndexOf(string step) => All.Index().First(item => item.Item.Name == step).Index;
}

/// <summary>One step.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Participant">The service, which is also its queue.</param>
internal sealed record Step(string Name, string Participant);
