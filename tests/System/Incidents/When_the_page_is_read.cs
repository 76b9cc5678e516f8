using System.Reflection;
using System.Text.Json;

namespace SagaOrchestrator.Tests.Incidents;

/// <summary>What holds for the page as a whole.</summary>
public sealed class When_the_page_is_read
{
    [Test]
    public void Should_walk_ten_incidents_each_in_three_calls_at_most()
    {
        Incident.All.Count.ShouldBe(10);
        foreach (var incident in Incident.All)
        {
            incident.Calls.Count.ShouldBeInRange(1, 3, incident.Title);
        }
    }

    [Test]
    public void Should_have_a_test_for_each() =>
        typeof(Incident)
            .Assembly.GetTypes()
            .Select(type => type.GetField("Incident", BindingFlags.NonPublic | BindingFlags.Static)?.GetRawConstantValue())
            .OfType<string>()
            .Order(StringComparer.Ordinal)
            .ShouldBe(Incident.All.Select(incident => incident.Title).Order(StringComparer.Ordinal));

    [TestCase("""{"a": 1}""", """{"a": 1, "b": 2}""", true)]
    [TestCase("""{"a": 1}""", """{"a": 2}""", false)]
    [TestCase("""{"a": 1}""", "{}", false)]
    [TestCase("""["b"]""", """["a", "b"]""", true)]
    [TestCase("""["c"]""", """["a", "b"]""", false)]
    [TestCase("\"…\"", "5", true)]
    [TestCase("\"5 of …\"", "\"5 of (6)\"", true)]
    [TestCase("\"5 of …\"", "\"15 of 6\"", false)]
    public void Should_hold_an_answer_to_what_is_shown(string shown, string answer, bool holds) =>
        Shown.Holds(JsonElement.Parse(shown), JsonElement.Parse(answer)).ShouldBe(holds);
}
