using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace SagaOrchestrator.Tests.Description;

/// <summary>The description as it is served, and a client that knows nothing else.</summary>
internal sealed class ApiDocument
{
    private readonly JsonObject root;
    private readonly AnswerCheck check;

    private ApiDocument(JsonObject document) => (root, check) = (document, new AnswerCheck(document));

    public JsonObject Root => root;

    public IReadOnlyList<ApiOperation> Operations { get; private init; } = [];

    public static async Task<ApiDocument> Read(HttpClient api)
    {
        var document = (await api.GetFromJsonAsync<JsonObject>("/openapi/v1.json"))!;
        return new ApiDocument(document)
        {
            Operations =
            [
                .. document["paths"]!
                    .AsObject()
                    .SelectMany(path =>
                        path.Value!.AsObject()
                            .Select(operation => new ApiOperation(operation.Key.ToUpperInvariant(), path.Key, operation.Value!.AsObject()))
                    ),
            ],
        };
    }

    /// <summary>Says what an answer is that the description does not have; null when it is as described.</summary>
    public async Task<string?> Complaint(ApiOperation operation, HttpResponseMessage answer)
    {
        var status = ((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (Resolved(operation.Json["responses"]![status]) is not { } described)
        {
            return $"the status {status} is not described";
        }

        var form = answer.Content.Headers.ContentType?.MediaType;
        if (described["content"]?.AsObject() is not { Count: > 0 } forms)
        {
            return form is null ? null : $"a body in {form} is not described";
        }

        // What a media type says besides its name is not looked at.
        if (form is null || forms.FirstOrDefault(one => one.Key.Split(';')[0] == form).Value is not { } media)
        {
            return $"a body in {form ?? "no form"} is not described";
        }

        return form.EndsWith("json", StringComparison.Ordinal)
            ? check.Complaint(media["schema"]!, await answer.Content.ReadAsStringAsync())
            : null;
    }

    private JsonNode? Resolved(JsonNode? node)
    {
        while (node?["$ref"] is { } reference)
        {
            node = ((string)reference!)["#/".Length..].Split('/').Aggregate((JsonNode?)root, (at, part) => at?[part]);
        }

        return node;
    }
}

/// <summary>One operation.</summary>
internal sealed record ApiOperation(string Method, string Path, JsonObject Json)
{
    public string Id => (string)Json["operationId"]!;

    public IEnumerable<JsonObject> Parameters(string where) =>
        (Json["parameters"]?.AsArray() ?? []).Select(parameter => parameter!.AsObject()).Where(one => (string)one["in"]! == where);

    /// <summary>The example of its body; null when it takes none.</summary>
    public JsonObject? Example =>
        Json["requestBody"]?["content"]?["application/json"] is { } media
            ? (media["example"] ?? throw new AssertionException($"{Id} has no example of its body: add one to BodyExamples."))
                .DeepClone()
                .AsObject()
            : null;

    public override string ToString() => $"{Method} {Path} ({Id})";
}
