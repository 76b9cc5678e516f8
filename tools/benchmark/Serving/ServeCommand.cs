using System.CommandLine;
using SagaOrchestrator.Benchmarks.Floor;
using SagaOrchestrator.Benchmarks.MassTransitInMemory;
using SagaOrchestrator.Benchmarks.Product;
using SagaOrchestrator.Benchmarks.Product.Secured;

namespace SagaOrchestrator.Benchmarks.Serving;

/// <summary>Runs one process of a system until it is told to end.</summary>
internal static class ServeCommand
{
    /// <summary>A line that is answered with itself and the bytes of the managed heap after the last collection.</summary>
    public const string HeapQuestion = "heap";

    /// <summary>A line that says: what <see cref="AwayStep"/> needs is back.</summary>
    public const string BackNotice = "back";

    public static Command Create()
    {
        var system = new Option<string>("--system") { Required = true, Description = "Which system." };
        var role = new Option<string>("--role") { Required = true, Description = "Which of its two processes." };
        var plan = new Option<PlanChoice>("--plan")
        {
            Description = "Which plan the product's orchestrator has; the one that is compared, when left out.",
            DefaultValueFactory = _ => PlanChoice.Chain,
            CustomParser = parsed => PlanChoice.Parse(parsed.Tokens[0].Value),
        };
        var watched = new Option<bool>("--until-input-ends")
        {
            Description =
                "End also when standard input ends, so that nothing outlives who started it. Lines of it are questions and notices.",
        };
        system.AcceptOnlyFromAmong([.. SystemNames.All]);
        role.AcceptOnlyFromAmong(Roles.Orchestrator, Roles.Participants);
        var command = new Command("serve", "Run one process of a system until SIGTERM. Settings come by environment variables.")
        {
            system,
            role,
            plan,
            watched,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                Run(
                    () =>
                        Start(
                            parsed.GetRequiredValue(system),
                            parsed.GetRequiredValue(role) == Roles.Orchestrator,
                            parsed.GetRequiredValue(plan)
                        ),
                    parsed.GetValue(watched),
                    cancellationToken
                )
        );
        return command;
    }

    private static async Task<int> Run(Func<Task<Served>> start, bool watched, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (watched)
        {
            _ = Task.Run(
                async () =>
                {
                    await Answer();
                    await end.CancelAsync();
                },
                CancellationToken.None
            );
        }

        await using var served = await start();
        Console.WriteLine("ready");
        var ended = new TaskCompletionSource();
        await using var registration = end.Token.Register(() => ended.TrySetResult());
        await ended.Task;
        return 0;
    }

    private static async Task Answer()
    {
        while (await Console.In.ReadLineAsync(CancellationToken.None) is { } line)
        {
            if (line == HeapQuestion)
            {
                Console.WriteLine($"{HeapQuestion} {GC.GetGCMemoryInfo(GCKind.Any).HeapSizeBytes}");
            }
            else if (line == BackNotice)
            {
                AwayStep.IsBack = true;
            }
        }
    }

    private static Task<Served> Start(string system, bool orchestrator, PlanChoice plan) =>
        system switch
        {
            _ when orchestrator && SystemNames.IsSecured(system) => ProductSystem.Orchestrator(new SecuredPlan()),
            _ when SystemNames.Products.Contains(system) => orchestrator
                ? ProductSystem.Orchestrator(plan.Make())
                : ProductSystem.Participants(system),
            SystemNames.MassTransitMemory => orchestrator ? MassTransitSystem.Orchestrator() : MassTransitSystem.Participants(),
            SystemNames.FloorMessage => orchestrator ? FloorSystem.Orchestrator(grouped: false) : FloorSystem.Participants(grouped: false),
            SystemNames.FloorGroup => orchestrator ? FloorSystem.Orchestrator(grouped: true) : FloorSystem.Participants(grouped: true),
            _ => throw new ArgumentOutOfRangeException(nameof(system), system, "There is no such system."),
        };
}
