using System.CommandLine;
using SagaOrchestrator.Benchmarks.Floor;
using SagaOrchestrator.Benchmarks.MassTransitInMemory;
using SagaOrchestrator.Benchmarks.Product;

namespace SagaOrchestrator.Benchmarks.Serving;

/// <summary>Runs one process of a system until it is told to end.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var system = new Option<string>("--system") { Required = true, Description = "Which system." };
        var role = new Option<string>("--role") { Required = true, Description = "Which of its two processes." };
        var watched = new Option<bool>("--until-input-ends") { Description = "End also when standard input ends, so that nothing outlives who started it." };
        system.AcceptOnlyFromAmong([.. SystemNames.All]);
        role.AcceptOnlyFromAmong(Roles.Orchestrator, Roles.Participants);
        var command = new Command("serve", "Run one process of a system until SIGTERM. Settings come by environment variables.") { system, role, watched };
        command.SetAction((parsed, cancellationToken) => Run(
            parsed.GetRequiredValue(system), parsed.GetRequiredValue(role), parsed.GetValue(watched), cancellationToken));
        return command;
    }

    private static async Task<int> Run(string system, string role, bool watched, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (watched)
        {
            _ = Task.Run(async () =>
            {
                await Console.In.ReadToEndAsync(CancellationToken.None);
                await end.CancelAsync();
            }, CancellationToken.None);
        }

        await using var served = await Start(system, role == Roles.Orchestrator);
        Console.WriteLine("ready");
        var ended = new TaskCompletionSource();
        await using var registration = end.Token.Register(() => ended.TrySetResult());
        await ended.Task;
        return 0;
    }

    private static Task<Served> Start(string system, bool orchestrator) => system switch
    {
        SystemNames.Product => orchestrator ? ProductSystem.Orchestrator() : ProductSystem.Participants(),
        SystemNames.MassTransitMemory => orchestrator ? MassTransitSystem.Orchestrator() : MassTransitSystem.Participants(),
        SystemNames.FloorMessage => orchestrator ? FloorSystem.Orchestrator(grouped: false) : FloorSystem.Participants(grouped: false),
        SystemNames.FloorGroup => orchestrator ? FloorSystem.Orchestrator(grouped: true) : FloorSystem.Participants(grouped: true),
        _ => throw new ArgumentOutOfRangeException(nameof(system), system, "There is no such system."),
    };
}
