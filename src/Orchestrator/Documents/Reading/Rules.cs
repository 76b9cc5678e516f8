namespace SagaOrchestrator.Documents.Reading;

/// <summary>The rules that a finding may name.</summary>
internal static class Rules
{
    /// <summary>It is no YAML, or no JSON, or more than a document may be.</summary>
    public const string Syntax = "syntax";

    /// <summary>A field that the format does not have, or one twice.</summary>
    public const string Field = "field";

    /// <summary>A field that must be there.</summary>
    public const string Missing = "missing";

    /// <summary>A value of another kind, form or range.</summary>
    public const string Value = "value";

    /// <summary>A schema that says what the intake cannot hold data to.</summary>
    public const string Schema = "schema";

    /// <summary>A pointer that leads to nothing.</summary>
    public const string Pointer = "pointer";

    /// <summary>An expression that cannot be evaluated.</summary>
    public const string Expression = "expression";

    /// <summary>An impossible plan, as of a compiled one.</summary>
    public const string Plan = "plan";

    /// <summary>An example that the plan itself refuses.</summary>
    public const string Example = "example";

    /// <summary>A scenario that speaks of what the plan does not have.</summary>
    public const string Scenario = "scenario";
}
