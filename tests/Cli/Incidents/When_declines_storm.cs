using System.Net;
using SagaOrchestrator.Tests.Incidents;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Cli.Tests.Incidents;

public sealed class When_declines_storm
{
    private const string Incident = "A storm of declines";

    [Test]
    [Property("Rule", "S33")]
    public async Task Should_be_counted_and_starts_stopped_and_begun_again()
    {
        await Provoked.Declines(IncidentSystem.Running);
        using var ann = new Operator(Incident, IncidentSystem.Running.Api.BaseAddress!);
        await ann.See("process_payment", "card_declined", "20");
        await ann.Type();
        (await IncidentSystem.Running.Api.Post(Order.Of())).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        await ann.Type();
        ann.IsThrough();
        await IncidentSystem.Running.Api.Run(Order.Of(), "Completed");
    }
}
