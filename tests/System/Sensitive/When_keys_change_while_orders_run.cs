using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Sensitive;

/// <summary>Orders with marked names end while the key that wraps their keys is changed, and no name is left anywhere.</summary>
public sealed class When_keys_change_while_orders_run
{
    private const int Orders = 60;

    [Test]
    public async Task Should_end_all_and_keep_no_name()
    {
        await using var system = await MarkedSystem.Start();
        var first = await Start(system, 0);
        system.AddKey("second");
        var second = await Start(system, 1);
        await Eventually.True(
            async () =>
                await system.Sandbox.Query<long>("select count(*) from orchestrator.subject_key where wrapping_key <> 'second'") == 0,
            "every key is wrapped by the active key"
        );
        system.RemoveKey("first");
        foreach (var saga in first.Concat(second))
        {
            await system.IsApprovedNext(saga);
            await system.Approve(saga, "Approver Markedsen");
        }

        await Eventually.Get(
            () => system.Sandbox.Query<long>("select count(*) from orchestrator.saga where state = 'Completed'"),
            count => count == 2 * Orders,
            "every order is completed"
        );
        (await system.Dump()).ShouldNotContain("Markedsen");
        system.Log.ShouldAllBe(line => !line.Contains("Markedsen"));
        ((Ship)WhatWasRead.Commands["run-1-7/Ship"]).Name.ShouldBe("Name Markedsen 7");
    }

    private static async Task<Guid[]> Start(MarkedSystem system, int batch) =>
        await Task.WhenAll(
            Enumerable
                .Range(0, Orders)
                .Select(number => system.StartOrder($"run-{batch}-{number}", $"customer-{batch}-{number}", $"Name Markedsen {number}"))
        );
}
