using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GraphQL;
using GraphQL.Types;
using SagaOrchestrator.Http.GraphQl;
using SagaOrchestrator.Http.GraphQl.Limits;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Tests.GraphQl;

/// <summary>Asks in GraphQL.</summary>
internal static class GraphQlClient
{
    public const string Path = "/api/v1/graphql";

    /// <summary>The schema.</summary>
    public static readonly GraphQL.Types.Schema Types = GraphQlSchema.Build();

    public static Task<HttpResponseMessage> PostQuery(this HttpClient api, string query, object? variables = null) =>
        api.PostAsJsonAsync(Path, variables is null ? new { query } : (object)new { query, variables });

    /// <summary>The data of a query that is answered as a whole.</summary>
    public static async Task<JsonElement> Ask(this HttpClient api, string query, object? variables = null)
    {
        var answer = await api.PostQuery(query, variables);
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        var document = JsonElement.Parse(body);
        document.TryGetProperty("errors", out _).ShouldBeFalse(body);
        return document.GetProperty("data");
    }

    /// <summary>The errors of a query that is refused, as a whole or in part.</summary>
    public static async Task<IReadOnlyList<JsonElement>> Errors(this HttpClient api, string query, object? variables = null)
    {
        var answer = await api.PostQuery(query, variables);
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        return [.. JsonElement.Parse(body).GetProperty("errors").EnumerateArray()];
    }

    /// <summary>What every error must be.</summary>
    public static JsonElement ShouldBe(this JsonElement error, ProblemType type)
    {
        var details = error.GetProperty("extensions");
        details.GetProperty("code").GetString().ShouldBe(type.Name, error.GetRawText());
        details.GetProperty("type").GetString()!.ShouldEndWith(type.Path);
        details.GetProperty("nextMove").GetString().ShouldBe(type.NextMove);
        error.GetProperty("message").GetString().ShouldNotBeNullOrWhiteSpace();
        return details;
    }

    /// <summary>Everything that a type has but what asks the database, as a selection.</summary>
    public static string AllOf(string type) => AllOf((IObjectGraphType)Types.AllTypes[type]!);

    private static string AllOf(IObjectGraphType type) =>
        $"{{ {string.Join(' ', type.Fields.Where(field => !field.HasMetadata(QueryCost.AsksMark)).Select(Of))} }}";

    private static string Of(FieldType field) =>
        field.ResolvedType!.GetNamedType() is IObjectGraphType type ? $"{field.Name} {AllOf(type)}" : field.Name;
}
