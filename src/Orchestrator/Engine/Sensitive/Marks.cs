using System.Collections.Concurrent;
using SagaOrchestrator.Intake.Contracts;

namespace SagaOrchestrator.Engine.Sensitive;

/// <summary>Which types of commands have marked members.</summary>
internal static class Marks
{
    private static readonly ConcurrentDictionary<Type, bool> Known = new();

    public static bool Has(Type command) => Known.GetOrAdd(command, static type => IsMarked(type));

    private static bool IsMarked(Type type)
    {
        try
        {
            return Contract.Of(type).IsSensitive;
        }
        catch (InvalidOperationException)
        {
            // A type that cannot be described has no marks: a plan with both does not start.
            return false;
        }
    }
}
