using System.CommandLine;
using SagaOrchestrator.Cli.Api;

namespace SagaOrchestrator.Cli.Verbs;

/// <summary>Filters by the columns that plans declare.</summary>
internal sealed class ColumnOptions
{
    private readonly Option<string[]> equal = Of("--column", "Sagas whose column holds this: --column customer=VINET");
    private readonly Option<string[]> from = Of("--column-from", "Whose indexed column is this or more: --column-from total=400");
    private readonly Option<string[]> before = Of("--column-before", "Whose indexed column is less than this.");

    public IEnumerable<Option> Options => [equal, from, before];

    public IEnumerable<(string Name, string Value)> Values(ParseResult parsed) =>
        Of(parsed, equal, string.Empty).Concat(Of(parsed, from, ".from")).Concat(Of(parsed, before, ".before"));

    private static IEnumerable<(string Name, string Value)> Of(ParseResult parsed, Option<string[]> option, string suffix) =>
        (parsed.GetValue(option) ?? []).Select(given =>
            given.Split('=', 2) is [{ Length: > 0 } name, var value]
                ? ($"column.{name}{suffix}", value)
                : throw FailureException.Usage($"{option.Name} '{given}' names no column and value.", $"Write {option.Name} NAME=VALUE")
        );

    private static Option<string[]> Of(string name, string description) => new(name) { Description = description, HelpName = "NAME=VALUE" };
}
