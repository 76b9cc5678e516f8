namespace SagaOrchestrator.Contracts;

/// <summary>A form in which the contract is written.</summary>
/// <param name="Name">Its name in the verb and in the API's path.</param>
/// <param name="MediaType">What it is.</param>
/// <param name="Words">What is in it, for people.</param>
public sealed record ContractFormat(string Name, string MediaType, string Words)
{
    /// <summary>AsyncAPI 3.0.</summary>
    public static ContractFormat AsyncApi { get; } =
        new("asyncapi", "application/vnd.aai.asyncapi+json;version=3.0.0", "queues, exchanges, messages and headers as AsyncAPI 3.0");

    /// <summary>JSON Schema 2020-12.</summary>
    public static ContractFormat JsonSchema { get; } =
        new("jsonschema", "application/schema+json", "each message and each step's result as JSON Schema 2020-12");

    /// <summary>Recorded messages.</summary>
    public static ContractFormat Examples { get; } =
        new("examples", "application/json", "a message of each kind with its properties, headers and bytes");

    /// <summary>Pacts, of each participant with the orchestrator and back.</summary>
    public static ContractFormat Pact { get; } =
        new(
            "pact",
            "application/json",
            "a list of pacts, specification 4: what each participant reads of the orchestrator, and what it answers"
        );

    /// <summary>The rules of a participant.</summary>
    public static ContractFormat Rules { get; } = new("rules", "text/markdown", "what a participant answers, by what it remembers");

    /// <summary>Every format.</summary>
    public static IReadOnlyList<ContractFormat> All { get; } = [AsyncApi, JsonSchema, Examples, Pact, Rules];

    /// <summary>The format of that name; null when there is none.</summary>
    /// <param name="name">For example <c>asyncapi</c>.</param>
    public static ContractFormat? Find(string? name) => All.FirstOrDefault(format => format.Name == name);
}
