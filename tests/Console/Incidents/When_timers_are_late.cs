using System.Text.Json.Nodes;
using Microsoft.Playwright;
using SagaOrchestrator.Tests.Incidents;
using SagaOrchestrator.Tests.Servers;
using static Microsoft.Playwright.Assertions;

namespace SagaOrchestrator.Console.Tests.Incidents;

/// <summary>A deploy was taken back, and sagas were under way on its plan version.</summary>
public sealed class When_timers_are_late
{
    private const string Incident = "Timers are late";

    [Test]
    [Property("Rule", "S33")]
    public async Task Should_lead_to_the_plan_version_that_is_missing()
    {
        await using var sandbox = await Sandbox.CreateMigrated();
        Guid trip;
        await using (var newer = await TripPlan.Deploy(sandbox, versions: 2))
        {
            await newer.StopParticipant("inventory");
            trip = await newer.Api.StartSaga(new JsonObject { ["key"] = "T-1" }, "trip");
            await newer.Api.WaitForStep(trip, "book_hotel", "Reply");
        }

        await using var former = await TripPlan.Deploy(sandbox, versions: 1);
        await using var ann = await Operator.Begin(Incident, former.Api.BaseAddress!);
        var alarm = ann.Page.GetByRole(AriaRole.Region, new() { Name = "Alarms" }).GetByRole(AriaRole.Listitem);
        await ann.Follow("See to it", alarm.Filter(new() { HasText = "timers" }));
        await Expect(ann.Lead).ToContainTextAsync("1 timer is late.");
        await Expect(ann.Page.GetByText("It is us")).ToBeVisibleAsync();
        await Expect(ann.Page.GetByText("does not have plan 'trip' version 2")).ToBeVisibleAsync();
        await ann.Follow("Plans", ann.Page.GetByRole(AriaRole.Main));
        await Expect(ann.Lead).ToHaveTextAsync("Something is to be done about trip version 2.");
        await Expect(ann.Page.GetByText("1 sagas are under way on it")).ToBeVisibleAsync();
        await ann.Picture();
        await ann.Leave();
        await former.StopOrchestrator();

        await using var again = await TripPlan.Deploy(sandbox, versions: 2);
        await ann.Return(again.Api.BaseAddress!);
        await ann.Window.Go("/console/timers");
        await Expect(ann.Lead).ToContainTextAsync("No timer is", new() { Timeout = Operator.Bound });
        ann.IsThrough();
        await again.Api.WaitFor(trip, "Completed");
    }
}
