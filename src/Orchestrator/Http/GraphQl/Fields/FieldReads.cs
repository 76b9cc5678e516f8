using System.Text.Json;
using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;
using GraphQL.Utilities;
using SagaOrchestrator.Http.GraphQl.Limits;

namespace SagaOrchestrator.Http.GraphQl.Fields;

/// <summary>
/// Gives each field of the schema what reads it: those of this list ask the database, all others stand in what these answer.
/// </summary>
internal sealed class FieldReads : BaseSchemaNodeVisitor
{
    private const string Nodes = "nodes";

    private static readonly Dictionary<string, Func<FieldRead, Task<object?>>> Asking = new(StringComparer.Ordinal)
    {
        ["Query.sagas"] = SagaPages.Read,
        ["SagaConnection.total"] = SagaPages.Total,
        ["SagaConnection.amounts"] = SagaPages.Amounts,
        ["Query.saga"] = AtOnce(SagaFields.ById),
        ["Query.sagaByKey"] = AtOnce(SagaFields.ByKey),
        ["SagaItem.saga"] = AtOnce(SagaFields.OfItem),
        ["Saga.history"] = AtOnce(SagaFields.History),
        ["Saga.explain"] = AtOnce(SagaFields.Explain),
        ["Query.summary"] = OverviewFields.Summary,
        ["Query.sagaTypes"] = OverviewFields.SagaTypes,
        ["Query.plans"] = OverviewFields.Plans,
        ["Query.plan"] = OverviewFields.Plan,
        ["Query.participants"] = OverviewFields.Participants,
        ["Query.failures"] = OverviewFields.Failures,
        ["Query.statistics"] = OverviewFields.Statistics,
        ["Query.alarms"] = OverviewFields.Alarms,
        ["Query.outcomes"] = OverviewFields.Outcomes,
        ["Query.timers"] = OverviewFields.Timers,
        ["Query.deadLetters"] = LetterPages.Read,
        ["Query.deadLetterGroups"] = LetterPages.Groups,
        ["Query.deadLetter"] = LetterPages.One,
    };

    public override void VisitObjectFieldDefinition(FieldType field, IObjectGraphType type, ISchema schema)
    {
        if (Asking.TryGetValue($"{type.Name}.{field.Name}", out var read))
        {
            field.Metadata[QueryCost.AsksMark] = true;
            field.Resolver = new FuncFieldResolver<object>(context => new ValueTask<object?>(Read(context, read)));
        }
        else if (!type.Name.StartsWith("__", StringComparison.Ordinal))
        {
            field.Resolver = new FuncFieldResolver<object>(field.Name == Nodes ? JsonFields.Nodes : JsonFields.Read);
        }
    }

    private static async Task<object?> Read(IResolveFieldContext context, Func<FieldRead, Task<object?>> read)
    {
        var field = new FieldRead(context);
        var value = await FieldRead.Guarded(field.Http, () => read(field));
        return value is JsonElement json ? JsonFields.Value(json, context.FieldDefinition.ResolvedType!.GetNamedType()) : value;
    }

    private static Func<FieldRead, Task<object?>> AtOnce(Func<FieldRead, object?> read) => field => Task.FromResult(read(field));
}
