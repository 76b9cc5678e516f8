using System.Net.Http.Json;
using System.Text.Json;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Tests.Http;

/// <summary>What every error answer must be.</summary>
internal static class Problems
{
    public static async Task<JsonElement> ShouldBeProblem(this HttpResponseMessage answer, ProblemType type)
    {
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType).ShouldBe((type.Status, "application/problem+json"), text);
        return JsonDocument.Parse(text).RootElement.ShouldBeProblem(type);
    }

    public static JsonElement ShouldBeProblem(this JsonElement problem, ProblemType type)
    {
        problem.GetProperty("type").GetString()!.ShouldEndWith(type.Path);
        problem.GetProperty("code").GetString().ShouldBe(type.Name);
        problem.GetProperty("title").GetString().ShouldBe(type.Title);
        problem.GetProperty("status").GetInt32().ShouldBe(type.Status);
        problem.GetProperty("detail").GetString().ShouldNotBeNullOrWhiteSpace();
        problem.GetProperty("instance").GetString().ShouldNotBeNullOrWhiteSpace();
        return problem;
    }

    public static IEnumerable<string> ErrorPaths(this JsonElement problem) =>
        problem.GetProperty("errors").EnumerateObject().Select(error => error.Name);

    public static string Error(this JsonElement problem, string path) => problem.GetProperty("errors").GetProperty(path)[0].GetString()!;

    public static Task<HttpResponseMessage> PostJson(this HttpClient api, string path, string json) =>
        api.PostAsync(path, new StringContent(json, System.Text.Encoding.UTF8, "application/json"));
}
