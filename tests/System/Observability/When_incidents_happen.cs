using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Observability;

/// <summary>Six of the ten incidents of docs/operating.md, side by side on one system: each alert fires, and clears with the cure.</summary>
public sealed class When_incidents_happen
{
    private const string Orders = "order-fulfillment";
    private const string BusinessOrders = "business-order";

    private Dictionary<string, Task> incidents = [];
    private ObservedSystem system = null!;
    private PrometheusServer prometheus = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        system = await Observed.Get();
        prometheus = await Observed.Prometheus();
        // They need the same services, and one of them goes away.
        await Observed.Seen();
        incidents = new Dictionary<string, Task>
        {
            ["A participant is down"] = ParticipantIsDown(),
            ["A message that nobody can read"] = MessageIsUnreadable(),
            ["A storm of declines"] = DeclinesStorm(),
            ["Fifty refunds are stuck"] = RefundsAreStuck(),
            ["A hundred dead letters of one cause"] = LettersHaveOneCause(),
            ["Timers are late"] = TimersAreLate(),
        };
    }

    [TestCase("A participant is down")]
    [TestCase("A message that nobody can read")]
    [TestCase("A storm of declines")]
    [TestCase("Fifty refunds are stuck")]
    [TestCase("A hundred dead letters of one cause")]
    [TestCase("Timers are late")]
    public Task Should_fire_its_alert_and_clear_it_with_the_cure(string incident) => incidents[incident];

    private async Task ParticipantIsDown()
    {
        system.KillNotifications();
        await Fires("SagaParticipantAway", "saga_participant", "notifications");
        await Fires("SagaServiceDown");
        system.StartNotifications();
        await IsOver("SagaParticipantAway", "saga_participant", "notifications");
        await IsOver("SagaServiceDown");
    }

    private async Task MessageIsUnreadable()
    {
        await system.Sandbox.Publish("payments", """{"messageId": "order-4711", "messageType": [], "message": {}}""");
        await Fires("SagaDeadLetters", "messaging_destination_name", "payments");
        await system.Discard("payments");
        await IsOver("SagaDeadLetters", "messaging_destination_name", "payments");
    }

    private async Task LettersHaveOneCause()
    {
        await Fires("SagaDeadLettersInNumbers", "messaging_destination_name", "orchestrator");
        await Bulk("redrive", new JsonObject { ["queue"] = "orchestrator", ["reason"] = "rejected" });
        await IsOver("SagaDeadLettersInNumbers", "messaging_destination_name", "orchestrator");
    }

    private async Task RefundsAreStuck()
    {
        await Task.WhenAll(
            Enumerable
                .Range(0, 30)
                .Select(_ => system.Api.Run(Order.Of(quantity: 1, unitPrice: 1, token: "tok_norefund", street: null), "Parked"))
        );
        await Fires("SagasParked", "saga_type", Orders);
        await Fires("SagasParkedInNumbers", "saga_type", Orders);
        // The gateway is mended.
        await system.Sandbox.Execute("update payments.gateway_charge set token = 'tok_visa' where token = 'tok_norefund'");
        await Bulk("retry", new JsonObject { ["state"] = "Parked", ["step"] = "process_payment" });
        await IsOver("SagasParkedInNumbers", "saga_type", Orders);
        await IsOver("SagasParked", "saga_type", Orders);
    }

    private async Task DeclinesStorm()
    {
        // A series counts from its second scrape on.
        await Ends(1, token: "tok_declined");
        await Ends(1, token: "tok_visa");
        await Eventually.True(
            async () => (await prometheus.Query($"saga_ended_total{{saga_type=\"{BusinessOrders}\"}}")).Count == 2,
            "both ends are scraped"
        );
        await Ends(20, token: "tok_declined");
        await Fires("SagasFail", "saga_type", BusinessOrders);
        // The provider is right again.
        await Ends(50, token: "tok_visa");
        await IsOver("SagasFail", "saga_type", BusinessOrders);
    }

    private async Task TimersAreLate()
    {
        var id = await system.Api.StartSaga(Order.Business(unitPrice: 600), BusinessOrders);
        await system.Api.WaitForStep(id, "await_approval", "Signal");
        // A deploy was taken back: no node has the version that the saga is under way on. Written until it is seen: the auditor sets the
        // row right.
        await Eventually.True(
            async () =>
            {
                await Change(id, "9", "started_at - interval '1 minute'");
                return await prometheus.Fires("SagaTimersLate");
            },
            "SagaTimersLate fires"
        );
        await Change(id, "1", "now() + interval '1 hour'");
        await IsOver("SagaTimersLate");
    }

    private Task<JsonElement[]> Ends(int orders, string token) => Task.WhenAll(Enumerable.Range(0, orders).Select(_ => End(token)));

    private async Task<JsonElement> End(string token) =>
        await system.Api.WaitFor(await system.Api.StartSaga(Order.Business(token: token), BusinessOrders), "Completed", "Failed");

    private Task Change(Guid saga, string version, string wakeAt) =>
        system.Sandbox.Execute(
            $"update orchestrator.saga set plan_version = {version}, wake_at = {wakeAt}, wake_check_at = {wakeAt} where id = '{saga}'"
        );

    private Task Bulk(string verb, JsonObject filter) =>
        system.Act(
            "/api/v1/bulk-jobs",
            new JsonObject
            {
                ["verb"] = verb,
                ["filter"] = filter,
                ["perSecond"] = 50,
            }
        );

    private Task Fires(string alert, string? label = null, string? value = null) =>
        Eventually.True(() => prometheus.Fires(alert, label, value), $"{alert} fires for {value}");

    private Task IsOver(string alert, string? label = null, string? value = null) =>
        Eventually.True(async () => !await prometheus.Fires(alert, label, value), $"{alert} is over for {value}");
}
