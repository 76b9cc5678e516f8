namespace SagaOrchestrator.Engine.Audit.Rules;

/// <summary>What a participant remembers of a step, in the words of its table <c>fence</c>.</summary>
/// <param name="Do">none, begun, deferred, completed or rejected.</param>
/// <param name="Undo">none, begun or completed.</param>
internal sealed record FenceRow(string Do, string Undo)
{
    /// <summary>A step that the participant has never seen.</summary>
    public static readonly FenceRow Nothing = new("none", "none");

    public bool HasEffect => Do == "completed" && Undo != "completed";

    public bool IsUntouched => this == Nothing;

    public override string ToString() => IsUntouched ? "has never seen it" : $"has do_state {Do} and undo_state {Undo}";
}
