using Microsoft.OpenApi;

namespace SagaOrchestrator.Http.Description;

/// <summary>The schemas of the description that have a name, each made once.</summary>
internal sealed class Components(OpenApiDocument document)
{
    private readonly Dictionary<object, string> names = [];

    /// <summary>Refers to the schema of something, which is made when it is asked for first.</summary>
    /// <param name="what">What it describes.</param>
    /// <param name="name">What it is called, if nothing else is.</param>
    /// <param name="make">Makes it. It may lead back to itself.</param>
    public IOpenApiSchema Of(object what, string name, Action<OpenApiSchema> make)
    {
        if (!names.TryGetValue(what, out var known))
        {
            known = Free(name);
            names.Add(what, known);
            var schema = new OpenApiSchema { Type = JsonSchemaType.Object };
            document.AddComponent(known, schema);
            make(schema);
        }

        return new OpenApiSchemaReference(known, document);
    }

    private string Free(string name) =>
        names.ContainsValue(name)
            ? Enumerable.Range(2, names.Count).Select(number => name + number).First(other => !names.ContainsValue(other))
            : name;
}
