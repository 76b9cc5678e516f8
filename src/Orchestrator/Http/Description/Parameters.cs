using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.OpenApi;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Http.Conditional;
using SagaOrchestrator.Http.ListSagas;
using SagaOrchestrator.Http.Requests;
using SagaOrchestrator.Http.StartSaga;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Http.Description;

/// <summary>Says of each parameter what it may be, and names those that no handler names: columns of plans, and headers.</summary>
internal sealed class Parameters(PlanCatalogue plans)
{
    private const int MostValues = ParameterReader.MostValues;

    public void Describe(DescribedOperation described)
    {
        var forms = described
            .Metadata.OfType<IParameterBindingMetadata>()
            .ToDictionary(
                parameter => JsonNamingPolicy.CamelCase.ConvertName(parameter.Name),
                parameter => parameter.ParameterInfo.GetCustomAttribute<ParameterFormAttribute>()
            );
        var not = described.Metadata.OfType<TakesNot>().SelectMany(taken => taken.Names).ToList();
        var parameters = described.Operation.Parameters = [
            .. (described.Operation.Parameters ?? []).Where(one => !not.Contains(one.Name!)),
        ];
        foreach (var parameter in parameters.OfType<OpenApiParameter>())
        {
            parameter.Description = ParameterWords.Of(JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!));
            if (parameter.In == ParameterLocation.Query)
            {
                parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
                parameter.Schema = SchemaOf(forms.GetValueOrDefault(parameter.Name));
                parameter.Explode = false;
                parameter.Style = ParameterStyle.Form;
            }
            else if (parameter.Schema is OpenApiSchema { Format: not "uuid" } path)
            {
                path.MinLength = 1;
            }
        }

        if (described.Metadata.OfType<TakesPrefixed>().Any())
        {
            plans.Columns.Values.OrderBy(column => column.Name, StringComparer.Ordinal).SelectMany(Of).ToList().ForEach(parameters.Add);
        }

        foreach (var (name, description) in Headers(described))
        {
            parameters.Add(
                new OpenApiParameter
                {
                    Name = name,
                    In = ParameterLocation.Header,
                    Description = description,
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                }
            );
        }
    }

    private static IEnumerable<(string Name, string Description)> Headers(DescribedOperation described)
    {
        if (described.Operation.Responses?.ContainsKey("304") == true)
        {
            yield return (
                "If-None-Match",
                "The ETag of an answer that the caller has. When it is still so, the answer is a 304 without a body."
            );
        }

        if (described.Metadata.OfType<TakesIfMatch>().Any())
        {
            yield return (
                "If-Match",
                "The ETag of the saga's status as the caller saw it. When the saga has changed since, the answer is a 412."
            );
        }

        if (described.Operation.OperationId == StartSagaEndpoint.Name)
        {
            yield return ("Idempotency-Key", "The business key. Another value than the body's is refused.");
        }
    }

    private static IEnumerable<OpenApiParameter> Of(BusinessColumn column)
    {
        yield return Column(column.Name, column, "Whose column holds exactly this.");
        if (column.IsIndexed)
        {
            yield return Column(column.Name + ColumnParameters.From, column, "Whose column holds this or more.");
            yield return Column(column.Name + ColumnParameters.Before, column, "Whose column holds less than this.");
        }
    }

    private static OpenApiParameter Column(string name, BusinessColumn column, string description) =>
        new()
        {
            Name = ColumnParameters.Prefix + name,
            In = ParameterLocation.Query,
            Description = description,
            Schema = column.Kind switch
            {
                ColumnKind.Number => new OpenApiSchema { Type = JsonSchemaType.Number },
                ColumnKind.Flag => new OpenApiSchema { Type = JsonSchemaType.Boolean },
                ColumnKind.Time => SchemaOf(new TimeAttribute()),
                _ => SchemaOf(null),
            },
        };

    private static OpenApiSchema SchemaOf(ParameterFormAttribute? form) =>
        form switch
        {
            WholeNumberAttribute number => new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Format = number.Most <= int.MaxValue ? "int32" : "int64",
                Minimum = number.Least.ToString(CultureInfo.InvariantCulture),
                Maximum = number.Most.ToString(CultureInfo.InvariantCulture),
                Default = number.Usual < number.Least ? null : JsonValue.Create(number.Usual),
            },
            TimeAttribute => new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Pattern = @"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d{1,7})?(Z|[+-]\d{2}:\d{2})?)?$",
            },
            DurationAttribute => new OpenApiSchema { Type = JsonSchemaType.String, Pattern = @"^\d{1,7}[smhd]$" },
            FlagAttribute => new OpenApiSchema { Type = JsonSchemaType.Boolean },
            IdAttribute => new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" },
            WordAttribute word => Word(word.Words),
            SeveralAttribute several => new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Items = Word(several.Words),
                MinItems = 1,
                MaxItems = MostValues,
            },
            _ => new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1 },
        };

    private static OpenApiSchema Word(IReadOnlyList<string> words) =>
        words.Count == 0
            ? new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1 }
            : new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. words.Select(word => (JsonNode)word)] };
}
