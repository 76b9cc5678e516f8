using System.CommandLine;
using System.Text.Json.Nodes;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Rendering;

namespace SagaOrchestrator.Cli.Verbs.Overview;

/// <summary>Any of the reads, as a query of GraphQL.</summary>
internal static class GraphQlVerb
{
    private static readonly Option<string?> Query = new("--query") { Description = "The query.", HelpName = "TEXT" };
    private static readonly Option<string?> File = new("--file") { Description = "A file that holds it; - for standard input." };
    private static readonly JsonInput Variables = JsonInput.Make("--variables", "The values of its variables, by name.");
    private static readonly Option<string?> Operation = new("--operation")
    {
        Description = "Which operation, where the query has several.",
    };
    private static readonly Option<bool> Schema = new("--schema") { Description = "Writes the schema instead of asking." };

    public static Command Make() =>
        new Verb(
            "graphql",
            "Asks a query of GraphQL. The answer is JSON; its 'errors' end with status 1.",
            Operations.AskGraphQl,
            Operations.ReadGraphQlSchema
        )
            .With(Query, File, Variables, Operation, Schema)
            .Does(call => call.Value(Schema) ? Show(call) : Ask(call));

    private static async Task<int> Show(Call call)
    {
        await call.Screen.Raw(to => call.Api.Copy(Operations.ReadGraphQlSchema, Api.Query.None, "*/*", to, call.Stop));
        return ExitCode.Done;
    }

    private static async Task<int> Ask(Call call)
    {
        var text = (call.Value(Query), call.Value(File)) switch
        {
            ({ } query, null) => query,
            (null, { } file) => await TextFile.Read(file, call.Stop),
            _ => throw FailureException.Usage(
                "There is no query, or there are two.",
                "Give --query or --file, or --schema for what there is."
            ),
        };
        var body = new JsonObject { ["query"] = text };
        if (await Variables.Read(call) is { } variables)
        {
            body["variables"] = variables;
        }

        if (call.Value(Operation) is { } operation)
        {
            body["operationName"] = operation;
        }

        var answer = await call.Api.Post(Operations.AskGraphQl, body, tag: null, call.Stop);
        call.Screen.Raw(answer.Text);
        return answer.Json.Items("errors").Any() ? ExitCode.Refused : ExitCode.Done;
    }
}
