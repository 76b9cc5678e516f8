using System.Text.Json;
using System.Text.Json.Nodes;

namespace SagaOrchestrator.Certify.Contracts;

/// <summary>What the team says of its steps: members of a command with which it completes, is rejected, or is answered later.</summary>
internal sealed class StepCases
{
    private static readonly string[] Words = ["completed", "rejected", "deferred"];

    private readonly JsonObject cases;

    private StepCases(JsonObject cases) => this.cases = cases;

    public static StepCases None { get; } = new([]);

    /// <param name="path">JSON: <c>{"process_payment": {"rejected": {"paymentToken": "tok_declined"}}}</c>.</param>
    /// <param name="steps">Of the participant that is judged; the file may be about others besides.</param>
    public static StepCases Read(string path, IReadOnlyList<StepContract> steps)
    {
        try
        {
            var read = JsonNode.Parse(File.ReadAllBytes(path))?.AsObject() ?? [];
            foreach (var (step, kinds) in read)
            {
                foreach (var (kind, fields) in kinds!.AsObject())
                {
                    _ = fields!.AsObject();
                    if (!Words.Contains(kind))
                    {
                        throw new CannotRunException($"{path}: {step} has the case '{kind}'. Use {string.Join(", ", Words)}.");
                    }
                }
            }

            return new StepCases(read);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CannotRunException($"The cases cannot be read. {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or NullReferenceException)
        {
            throw new CannotRunException(
                $"{path} holds no cases. They look like {{\"{Short(steps[0].Name)}\": {{\"rejected\": {{\"field\": \"value\"}}}}}}.",
                exception
            );
        }
    }

    /// <summary>The members that replace those of the example; null when the team has named none.</summary>
    public JsonObject? Of(StepContract step, string kind) => (cases[step.Name] ?? cases[Short(step.Name)])?[kind]?.AsObject();

    private static string Short(string name) => name[(name.LastIndexOf('.') + 1)..];
}
