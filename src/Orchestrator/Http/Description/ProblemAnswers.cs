using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using SagaOrchestrator.Http.Access;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.Description;

/// <summary>Says of each operation with which problems it can answer: those of its route, and those that any request can meet.</summary>
internal sealed class ProblemAnswers
{
    private const string MediaType = "application/problem+json";

    // Parameters, URL and headers that are refused; what fails; and a server that is away.
    private static readonly int[] OfAll = [400, 406, 414, 429, 431, 500, 503];
    private static readonly int[] OfClosed = [401, 403];
    private static readonly int[] OfBodies = [408, 413, 415];

    private readonly OpenApiDocument document;
    private readonly HashSet<int> added = [];

    public ProblemAnswers(OpenApiDocument document)
    {
        this.document = document;
        document.AddComponent("Problem", Schema());
    }

    public void Describe(DescribedOperation described)
    {
        var declared = described.Route.SupportedResponseTypes.Select(answer => answer.StatusCode).Where(status => status >= 400);
        var isOpen = described.Metadata.OfType<RouteAccess>().LastOrDefault()?.Role == SagaRole.Open;
        int[] statuses =
        [
            .. declared.Concat(OfAll).Concat(isOpen ? [] : OfClosed).Concat(described.Body is null ? [] : OfBodies).Distinct().Order(),
        ];
        foreach (var status in statuses)
        {
            if (added.Add(status))
            {
                document.AddComponent(NameOf(status), Response(status));
            }

            described.Operation.Responses![status.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponseReference(
                NameOf(status),
                document
            );
        }
    }

    private OpenApiResponse Response(int status) =>
        new()
        {
            Description = string.Join(
                ' ',
                ProblemTypes.All.Where(type => type.Status == status).Select(type => $"`{type.Name}`: {type.Title}")
            ),
            Headers = status switch
            {
                429 or 503 => Header("Retry-After", "After how many seconds to send it again."),
                _ => null,
            },
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [MediaType] = new() { Schema = new OpenApiSchemaReference("Problem", document) },
            },
        };

    private static Dictionary<string, IOpenApiHeader> Header(string name, string description) =>
        new()
        {
            [name] = new OpenApiHeader
            {
                Description = description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            },
        };

    private static OpenApiSchema Schema()
    {
        OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
        return new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "An error (RFC 9457). Some kinds have more members.",
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["type"] = Text("The path of a page about this kind of error."),
                ["code"] = Text("Its name. Programs switch on it; it does not change."),
                ["title"] = Text("What it means: the same sentence each time."),
                ["status"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Integer,
                    Minimum = "400",
                    Maximum = "599",
                },
                ["detail"] = Text("What is to be done about this one."),
                ["instance"] = Text("The request's path."),
                ["errors"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Description = "What would be right, by path, header or query parameter.",
                    AdditionalProperties = new OpenApiSchema
                    {
                        Type = JsonSchemaType.Array,
                        Items = new OpenApiSchema { Type = JsonSchemaType.String },
                    },
                },
            },
            Required = new HashSet<string>(StringComparer.Ordinal) { "type", "code", "title", "status", "detail", "instance" },
        };
    }

    private static string NameOf(int status) => string.Concat(ReasonPhrases.GetReasonPhrase(status).Where(char.IsLetter));
}
