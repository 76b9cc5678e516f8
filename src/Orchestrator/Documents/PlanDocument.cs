using System.Security.Cryptography;
using System.Text;
using SagaOrchestrator.Documents.Compiling;
using SagaOrchestrator.Documents.Reading;
using SagaOrchestrator.Documents.Scenarios;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Documents;

/// <summary>
/// A plan as a document, in YAML or JSON. It is read into the same plan as a class is: the engine, its findings, diagrams and scenarios
/// see no difference.
/// </summary>
public sealed class PlanDocument
{
    private readonly MapNode? root;
    private readonly IReadOnlyList<Scenario> scenarios;

    private PlanDocument(string text, MapNode? root, JsonPlan? plan, IReadOnlyList<Scenario> scenarios, IReadOnlyList<PlanFinding> findings)
    {
        (Text, this.root, Plan, this.scenarios, Findings) = (text, root, plan, scenarios, findings);
    }

    /// <summary>The document as it was written.</summary>
    public string Text { get; }

    /// <summary>What is wrong with it, in the order of its lines.</summary>
    public IReadOnlyList<PlanFinding> Findings { get; }

    /// <summary>The plan; null when something is wrong with the document.</summary>
    public JsonPlan? Plan { get; }

    /// <summary>The names of its scenarios.</summary>
    public IReadOnlyList<string> Scenarios => [.. scenarios.Select(scenario => scenario.Name)];

    /// <summary>Equal for documents that say the same: comments, blanks and the way of writing do not count.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(root?.ToJson().ToJsonString() ?? Text)));

    /// <summary>The JSON Schema of documents, for editors.</summary>
    public static string Schema { get; } = ReadSchema();

    /// <summary>Reads a document.</summary>
    /// <param name="text">YAML, or JSON when it begins with <c>{</c>.</param>
    /// <returns>The document with its plan, or with what is wrong with it.</returns>
    public static PlanDocument Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var findings = new List<PlanFinding>();
        var map = DocumentText.Read(text, findings);
        var plan = map is null ? null : new PlanReader(findings).Read(map);
        var read = plan is null ? [] : new ScenarioReader(plan, findings).Read(map!.Find("scenarios"));
        return new PlanDocument(
            text,
            map,
            findings.Count == 0 ? plan : null,
            read,
            [.. findings.Distinct().OrderBy(finding => finding.Line)]
        );
    }

    /// <summary>Runs its scenarios in virtual time.</summary>
    /// <param name="cancellationToken">Ends them.</param>
    /// <returns>One result for each; none when something is wrong with the document.</returns>
    public IReadOnlyList<ScenarioResult> Test(CancellationToken cancellationToken = default) =>
        Plan is null ? [] : [.. scenarios.Select(scenario => new ScenarioRun(Plan, scenario, cancellationToken).Run())];

    private static string ReadSchema()
    {
        using var stream = typeof(PlanDocument).Assembly.GetManifestResourceStream("documents/plan.schema.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
