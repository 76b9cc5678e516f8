using System.Text.RegularExpressions;
using SagaOrchestrator.Documents.Mapping;
using SagaOrchestrator.Documents.Reading;
using SagaOrchestrator.Intake.Shapes;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Documents.Compiling;

/// <summary>Reads the columns of a document.</summary>
internal sealed partial class ColumnReader(Scope scope, ICollection<PlanFinding> findings)
{
    private readonly List<DocumentColumn> columns = [];

    public IReadOnlyList<DocumentColumn> Read(Fields? declared)
    {
        foreach (var member in declared?.All() ?? [])
        {
            if (!NameForm().IsMatch(member.Name))
            {
                findings.Add(
                    new PlanFinding(
                        member.Line,
                        member.Value.Path,
                        Rules.Value,
                        "The name of a column has 1 to 50 small letters, digits and underscores, and begins with a letter."
                    )
                );
            }

            if (Fields.Of(member.Value, findings) is { } fields)
            {
                Read(member.Name, fields);
                fields.NoOthers();
            }
        }

        return columns;
    }

    private void Read(string name, Fields fields)
    {
        var value = Value(fields, "from");
        var indexed = fields.Flag("indexed");
        var currency = fields.Has("currency") ? Value(fields, "currency") : null;
        var currencyColumn = currency is null ? null : name + "_currency";
        if (value is null || KindOf(fields, value) is not { } kind)
        {
            return;
        }

        columns.Add(new DocumentColumn(new BusinessColumn(name, kind, indexed && kind != ColumnKind.Flag, currencyColumn), value));
        if (currency is not null)
        {
            columns.Add(new DocumentColumn(new BusinessColumn(currencyColumn!, ColumnKind.Text, IsIndexed: false), currency));
            if (kind != ColumnKind.Number)
            {
                fields.Refuse(fields.Node("currency")!, Rules.Value, "Only a number has a currency.");
            }
        }
    }

    private Template? Value(Fields fields, string name) =>
        fields.Required(name) is { } node ? new TemplateReader(scope, findings).ReadValue(node) : null;

    private ColumnKind? KindOf(Fields fields, Template value)
    {
        var shape = value.ShapeIn(scope, "column");
        var kind = shape switch
        {
            DecimalShape or IntegerShape or NumberShape => ColumnKind.Number,
            InstantShape => ColumnKind.Time,
            BooleanShape => ColumnKind.Flag,
            ObjectShape or ListShape or MapShape or FreeShape => (ColumnKind?)null,
            _ => ColumnKind.Text,
        };
        if (kind is null)
        {
            fields.Refuse(fields.Place, Rules.Value, "A column is a text, a number, a time or a flag of the data. Point at one.");
        }

        return kind;
    }

    [GeneratedRegex(@"^[a-z][a-z0-9_]{0,49}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NameForm();
}
