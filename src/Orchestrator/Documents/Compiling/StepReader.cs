using System.Globalization;
using System.Text.RegularExpressions;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Documents.Mapping;
using SagaOrchestrator.Documents.Reading;
using SagaOrchestrator.Documents.Schemas;
using SagaOrchestrator.Intake.Contracts;
using SagaOrchestrator.Intake.Shapes;

namespace SagaOrchestrator.Documents.Compiling;

/// <summary>Reads the steps of a document.</summary>
/// <param name="plan">The plan's name.</param>
/// <param name="data">What its data may be.</param>
/// <param name="findings">Takes what is wrong.</param>
internal sealed partial class StepReader(string plan, Shape data, ICollection<PlanFinding> findings)
{
    private const int MostSteps = 60;

    private readonly List<DocumentStep> steps = [];

    /// <summary>The results that steps may look back on.</summary>
    public List<KnownResult> Results { get; } = [];

    public IReadOnlyList<DocumentStep> Read(IReadOnlyList<Node> nodes)
    {
        foreach (var node in nodes)
        {
            if (node is MapNode map && map.Find("parallel") is not null)
            {
                var fields = new Fields(map, findings);
                var branches = fields.List("parallel");
                fields.NoOthers();
                ReadStage(branches);
            }
            else
            {
                ReadStage([node]);
            }
        }

        if (steps.Count > MostSteps)
        {
            var far = steps[MostSteps];
            findings.Add(
                new PlanFinding(
                    far.Line,
                    far.Path,
                    Rules.Value,
                    string.Create(CultureInfo.InvariantCulture, $"A plan has at most {MostSteps} steps.")
                )
            );
        }

        return steps;
    }

    private void ReadStage(IReadOnlyList<Node> branches)
    {
        var before = Results.ToList();
        var stage = steps.Count + 1;
        foreach (var branch in branches)
        {
            if (Fields.Of(branch, findings) is { } fields)
            {
                Read(fields, stage, before);
                fields.NoOthers();
            }
        }
    }

    private void Read(Fields fields, int stage, List<KnownResult> before)
    {
        var name = fields.Text("name", required: true) ?? "?";
        fields.Text("description");
        var signal = fields.Text("signal");
        var kind = Kind(fields.Word("kind", "compensatable", "check", "pivot", "retriable"), signal is not null);
        var result = fields.Node("result") is { } schema ? new ShapeReader(findings).Read(schema, $"{plan}.{name}.result") : null;
        var scope = new Scope(data, before);
        var known = new KnownResult(name, signal, result);
        var condition = new TemplateReader(scope, findings).ReadExpression(fields.Node("if"));
        var (execute, undo) = (Command(fields, "input", scope), Undo(fields, new Scope(data, [.. before, known])));
        var definition = new StepDefinition(
            name,
            signal is null ? Queue(fields) : string.Empty,
            fields.Duration("within") ?? TimeSpan.FromSeconds(30)
        )
        {
            Kind = kind,
            Stage = stage,
            Signal = signal,
            Conditional = condition is not null,
            HasCommand = execute is not null,
            HasCompensation = undo.Command is not null,
            AfterUnknown = Unknown(fields.Word("whenUnknown", "retry", "enquire", "compensate")),
            Retry = Retry(fields.Object("retry"), new RetryPolicy(3, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1))),
            CompensationRetry = undo.Retry,
        };
        if (signal is null && execute is null && !fields.Has("command"))
        {
            fields.Required("command");
        }

        Results.Add(known);
        steps.Add(
            new DocumentStep(definition, fields.Place.Line, fields.Place.Path)
            {
                If = condition is null ? null : new Condition(condition, scope),
                Do = execute,
                Undo = undo.Command,
                Result = result is null ? null : Contract.Of(result),
            }
        );
    }

    private static string Queue(Fields fields)
    {
        var queue = fields.Text("at", required: true);
        if (queue is not null && !QueueForm().IsMatch(queue))
        {
            fields.Refuse(
                fields.Node("at")!,
                Rules.Value,
                "A queue has 1 to 100 letters, digits, '-', '_' and '.', and begins with a letter."
            );
        }

        return queue ?? string.Empty;
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_.-]{0,99}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex QueueForm();

    private CommandTemplate? Command(Fields fields, string input, Scope scope)
    {
        var name = fields.Text("command");
        var node = fields.Node(input);
        if (name is null)
        {
            return null;
        }

        if (name.Split(':') is not [{ Length: > 0 }, { Length: > 0 }] || name.Any(char.IsWhiteSpace))
        {
            fields.Refuse(
                fields.Node("command")!,
                Rules.Value,
                "A command's name is its namespace, ':' and its name: Acme.Trips:BookHotel."
            );
        }

        if (node is null)
        {
            return new CommandTemplate(name, new ObjectTemplate([]), scope);
        }

        switch (new TemplateReader(scope, findings).Read(node))
        {
            case ObjectTemplate template
                when template.Members.Any(member => string.Equals(member.Name, "saga", StringComparison.OrdinalIgnoreCase)):
                fields.Refuse(node, Rules.Value, "'saga' is set by the orchestrator. Give the field another name.");
                return null;
            case ObjectTemplate template:
                return new CommandTemplate(name, template, scope);
            default:
                fields.Refuse(node, Rules.Value, $"'{input}' is an object of the command's fields.");
                return null;
        }
    }

    private (CommandTemplate? Command, RetryPolicy Retry) Undo(Fields fields, Scope scope)
    {
        var usual = new RetryPolicy(8, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10), Factor: 4);
        if (fields.Object("undo") is not { } undo)
        {
            return (null, usual);
        }

        undo.Required("command");
        var read = (Command(undo, "input", scope), Retry(undo.Object("retry"), usual));
        undo.NoOthers();
        return read;
    }

    private static RetryPolicy Retry(Fields? fields, RetryPolicy usual)
    {
        if (fields is null)
        {
            return usual;
        }

        var policy = usual with
        {
            Attempts = fields.Whole("attempts", 1, 1_000, required: true) ?? usual.Attempts,
            FirstDelay = fields.Duration("firstDelay") ?? usual.FirstDelay,
            MaximumDelay = fields.Duration("maximumDelay") ?? usual.MaximumDelay,
            NotRetryable = [.. fields.Texts("except")],
        };
        fields.NoOthers();
        return policy;
    }

    private static StepKind Kind(string? word, bool isSignal) =>
        word switch
        {
            "pivot" => StepKind.Pivot,
            "retriable" => StepKind.Retriable,
            "check" => StepKind.NoEffect,
            _ => isSignal ? StepKind.NoEffect : StepKind.Compensatable,
        };

    private static AfterUnknown Unknown(string? word) =>
        word switch
        {
            "enquire" => AfterUnknown.Enquire,
            "compensate" => AfterUnknown.Compensate,
            _ => AfterUnknown.Retry,
        };
}
