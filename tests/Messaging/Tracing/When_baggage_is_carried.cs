using System.Diagnostics;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Telemetry;

namespace SagaOrchestrator.Tests.Tracing;

public sealed class When_baggage_is_carried
{
    private Activity activity = null!;

    [SetUp]
    public void Begin() => activity = new Activity("work").Start();

    [TearDown]
    public void End() => activity.Dispose();

    [Test]
    public void Should_be_read_as_it_was_written()
    {
        activity.SetBaggage("tenant", "acme, corp = größte").SetBaggage("region", "eu");
        var header = Written();
        using var other = new Activity("other").Start();
        TraceBaggage.Read(other, header);
        other.GetBaggageItem("tenant").ShouldBe("acme, corp = größte");
        other.GetBaggageItem("region").ShouldBe("eu");
    }

    [Test]
    public void Should_leave_the_header_out_when_there_is_none() => Written().ShouldBeNull();

    [TestCase("tenant=acme;secret=1, region = eu", "acme", "eu")]
    [TestCase("tenant=acme,,=x,nothing,region=e=u", "acme", "e=u")]
    [TestCase("", null, null)]
    [TestCase(null, null, null)]
    public void Should_take_what_can_be_read(string? header, string? tenant, string? region)
    {
        TraceBaggage.Read(activity, header);
        activity.GetBaggageItem("tenant").ShouldBe(tenant);
        activity.GetBaggageItem("region").ShouldBe(region);
    }

    [Test]
    public void Should_write_no_more_than_a_header_may_have()
    {
        for (var number = 0; number < 100; number++)
        {
            activity.AddBaggage($"k{number}", new string('x', 200));
        }

        var header = Written()!;
        header.Length.ShouldBeLessThanOrEqualTo(8192);
        header.Split(',').Length.ShouldBeInRange(30, 64);
        header.ShouldEndWith("x");
    }

    [Test]
    public void Should_take_nothing_of_a_header_that_is_too_long()
    {
        TraceBaggage.Read(activity, "a=1,b=" + new string('x', 8192));
        activity.Baggage.ShouldBeEmpty();
    }

    private static string? Written()
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        TraceBaggage.Write(headers);
        return headers.GetValueOrDefault(SagaHeaders.Baggage);
    }
}
