using SagaOrchestrator.Contracts;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.ReadContract;

internal static class ReadContractEndpoint
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/", List)
            .WithName("listContractFormats")
            .WithSummary("The formats in which the contract is written")
            .WithDescription("Each with its media type, what it holds, and where it is.")
            .Produces<ContractFormats>();
        api.MapGet("/{format}", Read)
            .WithName("readContract")
            .WithSummary("What the orchestrator and its participants send one another, made from the registered plans")
            .WithDescription(string.Join(" ", ContractFormat.All.Select(format => $"{format.Name}: {format.Words}.")))
            .Produces<string>(StatusCodes.Status200OK, ContractFormat.All[0].MediaType, [.. MoreTypes])
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static IEnumerable<string> MoreTypes =>
        ContractFormat.All.Skip(1).Select(format => format.MediaType).Distinct(StringComparer.Ordinal);

    private static IResult List(HttpContext http) =>
        ApiJson.Answer(
            new ContractFormats([
                .. ContractFormat.All.Select(format => new ContractLink(
                    format.Name,
                    format.MediaType,
                    format.Words,
                    new SelfLinks($"{ApiPaths.Of(http).Contract}/{format.Name}")
                )),
            ])
        );

    private static IResult Read(string format, ContractDocuments contract) =>
        ContractFormat.Find(format) is { } known
            ? TypedResults.Text(contract.Write(known), known.MediaType, System.Text.Encoding.UTF8)
            : Problem.Of(
                ProblemTypes.UnknownPath,
                $"The contract has no such format. Ask for one of: {string.Join(", ", ContractFormat.All.Select(one => one.Name))}."
            );
}

/// <summary>The formats of the contract.</summary>
internal sealed record ContractFormats(IReadOnlyList<ContractLink> Formats);

/// <summary>One of them, and where it is.</summary>
internal sealed record ContractLink(string Name, string MediaType, string Holds, SelfLinks Links);
