using System.CommandLine;
using System.Text.Json;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Verbs;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Cli.Tests;

/// <summary>What the API can, somebody at a terminal can: every route has a verb, and every parameter of a read an option.</summary>
public sealed class When_the_verbs_are_compared_with_the_routes
{
    private static readonly string[] NotDescribed = ["GET /health/ready readHealth"];

    [Test]
    public void Should_find_a_verb_for_every_route_and_no_route_that_there_is_not() =>
        Verbs(SagasCommand.Make())
            .SelectMany(verb => verb.Operations)
            .Distinct()
            .Select(operation => $"{operation.Method} {operation.Template} {operation.Name}")
            .Order(StringComparer.Ordinal)
            .ShouldBe(Routes().Concat(NotDescribed).Order(StringComparer.Ordinal));

    [Test]
    public async Task Should_find_an_option_for_every_parameter_of_a_read()
    {
        var missing = new List<string>();
        foreach (var (operation, parameters) in await Parameters())
        {
            var verbs = Verbs(SagasCommand.Make()).Where(verb => verb.Operations.Contains(operation)).ToArray();
            missing.AddRange(
                parameters
                    .Where(parameter => !verbs.Any(verb => Has(verb, parameter)))
                    .Select(parameter => $"{operation.Name}: {parameter}")
            );
        }

        missing.ShouldBeEmpty();
    }

    private static IEnumerable<Verb> Verbs(Command command) =>
        command.Subcommands.SelectMany(Verbs).Concat(command is Verb verb ? [verb] : []);

    // One that there is for each saga type counts once.
    private static IEnumerable<string> Routes() =>
        File.ReadLines(Path.Combine(TestServers.Root, "tests/System/Contracts/routes.approved.txt"))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(words => $"{words[0]} {Untyped(words[1])} {Untyped(words[2])}")
            .Distinct(StringComparer.Ordinal);

    private static string Untyped(string word) =>
        word.Replace("/sagas/order-fulfillment", "/sagas/{type}", StringComparison.Ordinal)
            .Replace("/sagas/business-order", "/sagas/{type}", StringComparison.Ordinal)
            .Replace("OfOrderFulfillment", string.Empty, StringComparison.Ordinal)
            .Replace("OfBusinessOrder", string.Empty, StringComparison.Ordinal);

    // The columns of a plan are parameters of one option.
    private static bool Has(Verb verb, string parameter)
    {
        var option = parameter.StartsWith("column.", StringComparison.Ordinal)
            ? "--column"
            : SagaOrchestrator.Cli.Verbs.Parameters.OptionOf(parameter);
        return verb.Options.Any(one => one.Name == option || one.Aliases.Contains(option));
    }

    private static async Task<IEnumerable<(Operation Operation, IReadOnlyList<string> Parameters)>> Parameters()
    {
        var document = JsonElement.Parse(await CliSystem.Running.Api.GetStringAsync("/openapi/v1.json"));
        var operations = Verbs(SagasCommand.Make()).SelectMany(verb => verb.Operations).Distinct().ToDictionary(one => one.Name);
        return
        [
            .. document
                .GetProperty("paths")
                .EnumerateObject()
                .SelectMany(path => path.Value.EnumerateObject())
                .Where(method => method.Name == "get" && operations.ContainsKey(method.Value.Text("operationId")!))
                .Select(method => (operations[method.Value.Text("operationId")!], Queries(method.Value))),
        ];
    }

    private static IReadOnlyList<string> Queries(JsonElement operation) =>
        [.. operation.Items("parameters").Where(parameter => parameter.Text("in") == "query").Select(parameter => parameter.Text("name")!)];
}
