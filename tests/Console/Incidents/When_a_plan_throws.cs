using Microsoft.Playwright;
using SagaOrchestrator.Tests.Incidents;
using SagaOrchestrator.Tests.Servers;
using static Microsoft.Playwright.Assertions;

namespace SagaOrchestrator.Console.Tests.Incidents;

public sealed class When_a_plan_throws
{
    private const string Incident = "A plan throws";

    [Test]
    [Property("Rule", "S33")]
    public async Task Should_be_told_why_and_retried_when_it_is_mended()
    {
        IncidentSystem.Build.IsBroken = true;
        var trips = await Provoked.Trips(IncidentSystem.Running);
        await using var ann = await Operator.Begin(Incident, IncidentSystem.Running.Api.BaseAddress!);
        await Expect(ann.Lead).ToContainTextAsync("3 sagas need a person.", new() { Timeout = Operator.Bound });
        await ann.Follow("Act on them");
        var group = ann.Page.GetByRole(AriaRole.Region, new() { Name = "plan failed at book_hotel" });
        await Expect(group).ToContainTextAsync("There is no city.");
        await ann.Picture();
        // The build is deployed whose plan can make its command.
        IncidentSystem.Build.IsBroken = false;
        await ann.Follow("Retry all…", group);
        await ann.BeginTheJob("Mended in build 42.", trips.Length);
        ann.IsThrough();
        foreach (var trip in trips)
        {
            await IncidentSystem.Running.Api.WaitFor(trip, "Completed");
        }
    }
}
