using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Messaging.DeadLetters;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Http;

public sealed partial class When_the_problems_are_documented
{
    [Test]
    public void Should_find_each_on_its_page_in_the_order_of_the_catalogue()
    {
        var rows = File.ReadLines(Path.Combine(TestServers.Root, "docs/problems.md")).Where(line => Row().IsMatch(line));
        rows.ShouldBe(ProblemTypes.All.Select(type => $"| `{type.Name}` | {type.Status} | {type.Title} | {type.NextMove} |"));
    }

    [Test]
    public async Task Should_lead_from_the_type_of_an_answer_to_a_page()
    {
        var api = (await SharedSystem.Get()).Api;
        var listed = (await api.GetFromJsonAsync<JsonElement>(Routes.Problems)).GetProperty("items").EnumerateArray().ToList();
        listed.Select(item => item.GetProperty("code").GetString()).ShouldBe(ProblemTypes.All.Select(type => type.Name));
        foreach (var type in ProblemTypes.All)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, type.Path) { Headers = { { "Accept", "text/html" } } };
            var page = await (await api.SendAsync(request)).Content.ReadAsStringAsync();
            WebUtility.HtmlDecode(page).ShouldContain(type.NextMove);
        }
    }

    [Test]
    public void Should_have_no_name_twice() => ProblemTypes.All.Select(type => type.Name).ShouldBeUnique();

    [Test]
    public void Should_know_every_code_that_the_decider_refuses_with()
    {
        var codes = Directory
            .EnumerateFiles(Path.Combine(TestServers.Root, "src/Orchestrator"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Refusals().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["code"].Value)
            .Distinct()
            .ToList();
        codes.Count.ShouldBeGreaterThan(5);
        codes.Except(ProblemTypes.All.Select(type => type.Name)).ShouldBe([DeadLetterReason.Forged], "which no answer of the API can be");
    }

    [GeneratedRegex("^\\| `[a-z-]+` \\| [0-9]{3} \\|", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();

    [GeneratedRegex("new Refuse\\(\\s*\"(?<code>[a-z-]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Refusals();
}
