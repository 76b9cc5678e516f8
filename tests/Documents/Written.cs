using SagaOrchestrator.Documents;

namespace SagaOrchestrator.DocumentTests;

/// <summary>The documents that tests begin with.</summary>
internal static class Written
{
    /// <summary>A plan of two steps.</summary>
    public const string TwoSteps = """
        plan: parcel
        version: 1
        data:
          type: object
          required: [parcelId, weight]
          properties:
            parcelId: { type: string, format: key }
            weight: { type: string, format: decimal, minimum: 0 }
            note: { type: string, maxLength: 50 }
        key: /data/parcelId
        example: { parcelId: P-1, weight: "2.5" }
        steps:
          - name: reserve
            at: depot
            command: Acme.Parcels:Reserve
            input: { weight: { from: /data/weight } }
            result:
              type: object
              required: [shelf]
              properties: { shelf: { type: string } }
            undo:
              command: Acme.Parcels:Release
              input: { parcel: { from: /data/parcelId } }
          - name: drive
            at: fleet
            kind: pivot
            command: Acme.Parcels:Drive
            input: { shelf: { from: /results/reserve/shelf } }
        """;

    /// <summary>The folder of the trip that is shipped.</summary>
    public static string Samples { get; } = Path.Combine(Root(), "samples/trips");

    /// <summary>The repository.</summary>
    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SagaOrchestrator.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }

    /// <summary>The document with some text replaced.</summary>
    public static PlanDocument With(string old, string changed)
    {
        TwoSteps.ShouldContain(old);
        return PlanDocument.Read(TwoSteps.Replace(old, changed, StringComparison.Ordinal));
    }
}
