using SagaOrchestrator.Intake.Contracts;
using SagaOrchestrator.Intake.Marks;
using SagaOrchestrator.Intake.Shapes;
using SagaOrchestrator.Intake.Values;

namespace SagaOrchestrator.Plans;

/// <summary>Reads stored documents of one type: what is encrypted or forgotten in them reads as empty.</summary>
internal static class Marked<T>
{
    // Null for a type without marks, which costs nothing then.
    private static readonly Shape? Shape = Contract.Of<T>() is { IsSensitive: true } contract ? contract.Shape : null;

    public static T Read(string json) =>
        SagaJson.Stored<T>(Shape is not null && SealedText.IsIn(json) ? MarkedMembers.Blank(Shape, json) : json);
}
