using Quartz;
using SagaOrchestrator.Outbox.Schema;

namespace SagaOrchestrator.Host.Deadlines;

/// <summary>
/// The tables of Quartz's job store, from the script that the pinned Quartz version carries. It is applied with the
/// schema, so that the orchestrator's own role needs no right to create tables.
/// </summary>
internal static class QuartzSchema
{
    public const string TablePrefix = "qrtz_";

    private const string Resource = "Quartz.Impl.AdoJobStore.Schema.create_postgres.sql";

    public static SchemaScript Script { get; } = new("orchestrator/0003_quartz", Read());

    private static string Read()
    {
        using var stream = typeof(IJob).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException(
                $"Quartz no longer carries {Resource}. Find where this version keeps its Postgres script, and add its migration as a new schema script.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd()
            .Replace("{0}", "{schema}." + TablePrefix, StringComparison.Ordinal)
            .Replace("{1}", TablePrefix, StringComparison.Ordinal);
    }
}
