using System.Reflection;

namespace SagaOrchestrator.Messaging.Postgres.Schema;

/// <summary>One numbered SQL script. <c>{schema}</c> in it stands for the schema that it is applied to.</summary>
/// <param name="Name">Unique in its schema; scripts run once each, in the order of their names.</param>
/// <param name="Sql">The statements.</param>
public sealed record SchemaScript(string Name, string Sql)
{
    /// <summary>The scripts for inbox and outbox, which every schema needs.</summary>
    public static IReadOnlyList<SchemaScript> Outbox { get; } = Embedded(typeof(SchemaScript).Assembly, "outbox/");

    /// <summary>Reads the scripts that an assembly embeds under a prefix.</summary>
    public static IReadOnlyList<SchemaScript> Embedded(Assembly assembly, string prefix) =>
        [
            .. assembly
                .GetManifestResourceNames()
                .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name => new SchemaScript(name, Read(assembly, name))),
        ];

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
