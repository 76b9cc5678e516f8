using SagaOrchestrator.Tests.Bulk;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Recovery;

[Property("Rule", "S25")]
[Property("Rule", "S33")]
public sealed class When_a_node_dies_during_a_bulk_job
{
    private const int Sagas = 60;

    [Test]
    public async Task Should_do_each_item_once_and_report_all_of_them()
    {
        await using var system = await KilledSystem.Start(("OrderFulfillment__CompensationAttempts", "2"));
        var sagas = await ParkedSagas.Of(system.Api, system.Sandbox, Sagas);
        await sagas.Mend();
        var job = await system.Api.BeginJob(
            new
            {
                verb = "retry",
                filter = new { keyPrefix = sagas.Prefix },
                by = "alice",
                reason = "The gateway is back.",
                perSecond = 10,
                settle = "1s",
            }
        );
        foreach (var done in new[] { 5, 30 })
        {
            await Eventually.Get(
                () => system.Query<long>($"select count(*) from orchestrator.bulk_result where job_id = '{job}'"),
                results => results >= done,
                $"{done} items have their result"
            );
            system.KillOrchestrator();
            system.StartOrchestrator();
        }

        await system.Ready();
        await Eventually.Get(
            () => system.Query<string>($"select state from orchestrator.bulk_job where id = '{job}'"),
            state => state == "Finished",
            "the job is finished"
        );
        await system.Api.WaitForProgress(job, "healed", Sagas);
        (await system.Query<long>("select count(*) from orchestrator.operator_action where verb = 'retry'")).ShouldBe(Sagas);
        (await system.Query<long>("select count(distinct subject) from orchestrator.operator_action where verb = 'retry'")).ShouldBe(Sagas);
        (await system.Query<long>($"select count(*) from orchestrator.bulk_result where job_id = '{job}' and outcome = 'Done'")).ShouldBe(
            Sagas
        );
    }
}
