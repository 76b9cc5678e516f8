using System.CommandLine;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Rendering;

namespace SagaOrchestrator.Cli.Verbs.Overview;

/// <summary>The API itself: who may what, its contract, its problems.</summary>
internal static class AboutVerbs
{
    public static Command Permissions() =>
        new Verb(
            "permissions",
            "As whom the API knows you, what you may do, and whom to ask for the rest.",
            Operations.GetPermissions
        ).Does(call =>
            call.Show(
                Operations.GetPermissions,
                Query.None,
                mine =>
                {
                    call.Screen.Say(mine.Text("name") is { } name ? $"The API knows you as {name}." : "The API does not ask who you are.");
                    call.Screen.Show(
                        ListVerb.Table(
                            mine,
                            ["ROLE", "YOU", "~WHAT IT LETS SOMEBODY DO"],
                            (role, _) =>
                                [
                                    Cells.Of(role.Text("role")),
                                    Cells.State(role.Flag("may") ? "may" : "may not"),
                                    Cells.Of(role.Text("does")),
                                ],
                            call.Screen,
                            "roles"
                        )
                    );
                    var types = string.Join(", ", mine.Items("startableTypes").Select(type => type.Text()));
                    if (types.Length > 0)
                    {
                        call.Screen.Say($"You may start: {types}.");
                    }

                    call.Screen.Say(mine.Text("rest") ?? string.Empty);
                }
            )
        );

    public static Command Contract()
    {
        var format = new Argument<string?>("format")
        {
            Description = "asyncapi, jsonschema, examples, pact or rules; without one, the formats are listed.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        format.CompletionSources.Add("asyncapi", "jsonschema", "examples", "pact", "rules");
        return new Verb(
            "contract",
            "What orchestrator and participants send one another, as a document.",
            Operations.ListContractFormats,
            Operations.ReadContract
        )
            .With(format)
            .Does(call =>
                call.Parsed.GetValue(format) is { } one
                    ? call.Screen.Raw(to => call.Api.Copy(Operations.ReadContract, Query.None, "*/*", to, call.Stop, one))
                    : call.Show(
                        Operations.ListContractFormats,
                        Query.None,
                        formats =>
                            call.Screen.Show(
                                ListVerb.Table(
                                    formats,
                                    ["FORMAT", "MEDIA TYPE", "~HOLDS"],
                                    (link, _) =>
                                        [Cells.Of(link.Text("name")), Cells.Of(link.Text("mediaType")), Cells.Of(link.Text("holds"))],
                                    call.Screen,
                                    "formats"
                                )
                            )
                    )
            );
    }

    public static Command Problems()
    {
        var code = new Argument<string?>("code") { Description = "One kind; without it, all.", Arity = ArgumentArity.ZeroOrOne };
        return new Verb("problems", "Kinds of error answers, and what to do.", Operations.ListProblems, Operations.GetProblem)
            .With(code)
            .Does(call =>
                call.Parsed.GetValue(code) is { } one
                    ? call.Show(
                        Operations.GetProblem,
                        Query.None,
                        problem =>
                        {
                            call.Screen.Say($"{problem.Text("code")} ({problem.Text("status")}): {problem.Text("title")}");
                            call.Screen.Say(problem.Text("nextMove") ?? string.Empty);
                        },
                        one
                    )
                    : call.Show(
                        Operations.ListProblems,
                        Query.None,
                        problems =>
                            call.Screen.Show(
                                ListVerb.Table(
                                    problems,
                                    ["CODE", "STATUS", "~MEANS", "~NEXT MOVE"],
                                    (problem, _) =>
                                        [
                                            Cells.Of(problem.Text("code")),
                                            Cells.Of(problem.Text("status")),
                                            Cells.Of(problem.Text("title")),
                                            Cells.Of(problem.Text("nextMove")),
                                        ],
                                    call.Screen
                                )
                            )
                    )
            );
    }
}
