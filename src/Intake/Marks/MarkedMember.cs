using System.Text.Json;
using SagaOrchestrator.Intake.Shapes;

namespace SagaOrchestrator.Intake.Marks;

/// <summary>A marked member of a document, with a value.</summary>
/// <param name="Path">Where it stands, for example <c>lines[2].note</c>.</param>
/// <param name="Shape">What its value may be.</param>
/// <param name="Value">Its value, which is not null.</param>
public readonly record struct MarkedMember(string Path, Shape Shape, JsonElement Value);
