using Microsoft.Extensions.Logging.Abstractions;
using SagaOrchestrator.Engine.Alarms;
using SagaOrchestrator.Messaging.Health;

namespace SagaOrchestrator.Tests.Alarms;

public sealed class When_a_node_has_just_been_started
{
    [Test]
    public void Should_raise_no_alarm_before_it_has_looked_around()
    {
        using var watch = new ConditionWatch("orchestrator", [], TimeProvider.System, NullLogger<ConditionWatch>.Instance);
        watch.Report.Conditions.ShouldHaveSingleItem().Name.ShouldBe("watch");
        new ConditionAlarms(watch).Look().ShouldBeEmpty();
    }
}
