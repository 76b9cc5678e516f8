using System.Text;
using GraphQL.Types;
using SagaOrchestrator.Http.GraphQl.Fields;

namespace SagaOrchestrator.Http.GraphQl;

/// <summary>The schema: written in GraphQL, in the files of the folder <c>Schema</c>, which are a part of this assembly.</summary>
internal static class GraphQlSchema
{
    private const string Ending = ".graphql";

    /// <summary>The schema as it is written.</summary>
    public static string Text { get; } = Read();

    public static Schema Build()
    {
        var schema = Schema.For(Text);
        foreach (var name in new[] { "DateTime", "Long", "Decimal" })
        {
            schema.RegisterType(new PlainScalar(name));
        }

        schema.RegisterType(new IdScalar());
        schema.RegisterType(new JsonScalar());
        schema.RegisterVisitor(new FieldReads());
        schema.Initialize();
        return schema;
    }

    private static string Read()
    {
        var assembly = typeof(GraphQlSchema).Assembly;
        var text = new StringBuilder();
        foreach (
            var name in assembly
                .GetManifestResourceNames()
                .Where(name => name.EndsWith(Ending, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        )
        {
            using var file = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
            text.Append(text.Length == 0 ? string.Empty : "\n").Append(file.ReadToEnd());
        }

        return text.ToString();
    }
}
