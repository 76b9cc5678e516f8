using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SagaOrchestrator.Contracts.Describing;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Server;

namespace SagaOrchestrator.Contracts.Tests;

/// <summary>The contract of the order plans, as the program writes it. Nothing connects anywhere.</summary>
internal static class OrderContract
{
    private static readonly Lazy<(ContractDocuments Documents, WireContract Wire)> Made = new(Make);

    public static WireContract Wire => Made.Value.Wire;

    public static string Write(ContractFormat format) => Made.Value.Documents.Write(format);

    public static JsonNode Json(ContractFormat format) => JsonNode.Parse(Write(format))!;

    /// <summary>The same where participants have formats of their own.</summary>
    public static JsonNode With(ContractFormat format, params string[] settings)
    {
        using var app = OrchestratorApp.Build([
            "--ConnectionStrings:Orchestrator=Host=none",
            "--RabbitMq:VirtualHost=saga",
            .. settings.Select(setting => $"--Participants:{setting}"),
        ]);
        return JsonNode.Parse(app.Services.GetRequiredService<ContractDocuments>().Write(format))!;
    }

    private static (ContractDocuments, WireContract) Make()
    {
        using var app = OrchestratorApp.Build(["--ConnectionStrings:Orchestrator=Host=none", "--RabbitMq:VirtualHost=saga"]);
        return (
            app.Services.GetRequiredService<ContractDocuments>(),
            new WireContract(app.Services.GetRequiredService<PlanCatalogue>().Newest, "orchestrator", _ => MessageFormat.Envelope)
        );
    }
}
