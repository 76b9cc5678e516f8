using System.Net.Http.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Recovery;

/// <summary>The broker does not let the orchestrator write to one participant's queue.</summary>
public sealed class When_a_destination_is_refused
{
    [Test]
    [Property("Rule", "S28")]
    public async Task Should_say_why_keep_others_going_and_go_on_when_it_is_allowed_again()
    {
        await using var system = await RunningSystem.Start(settings =>
        {
            settings["OrderFulfillment:StepTimeout"] = "00:00:01";
            settings["OrderFulfillment:FirstRetryDelay"] = "00:00:00.100";
            settings["OrderFulfillment:Attempts"] = "30";
        });
        var allowed = await Permissions(system);
        await Permit(system, allowed.Replace(@"to\\.payments|", string.Empty, StringComparison.Ordinal));

        var id = await system.Api.StartSaga(Order.Of());
        await Eventually.True(async () => (await system.Api.HistoryTypes(id)).Contains("step_timed_out"), "its timers go on");
        await Eventually.True(
            () => system.Sandbox.Query<bool>("select exists (select from orchestrator.outbox where last_error like '%''to.payments''%')"),
            "the row says whose queue refuses it"
        );
        // It is short of stock, and so ends without a payment.
        await system.Api.Run(Order.Of(quantity: 2000, unitPrice: 1), "Failed");

        await Permit(system, allowed);
        await system.Api.WaitFor(id, "Completed");
        (await system.Sandbox.Query<long>($"select count(*) from payments.ledger_entry where saga_id = '{id}'")).ShouldBe(1);
        await Eventually.True(
            () => system.Sandbox.Query<bool>("select not exists (select from orchestrator.outbox)"),
            "the commands of the earlier attempts are sent too"
        );
    }

    private static Task<string> Permissions(RunningSystem system) => system.Sandbox.Console.GetStringAsync(Uri(system));

    private static async Task Permit(RunningSystem system, string permissions) =>
        (await system.Sandbox.Console.PutAsJsonAsync(Uri(system), JsonNode.Parse(permissions))).EnsureSuccessStatusCode();

    private static string Uri(RunningSystem system) => $"/api/permissions/{system.Sandbox.Name}/orchestrator";
}
