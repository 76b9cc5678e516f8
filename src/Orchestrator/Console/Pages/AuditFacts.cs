using SagaOrchestrator.Console.Api;

namespace SagaOrchestrator.Console.Pages;

/// <summary>What the page of operators' actions shows.</summary>
internal sealed record AuditFacts(OperatorActionPage Page)
{
    public int Refused => Page.Items.Count(action => action.Outcome == OperatorActionItem.Refused);

    public static async Task<AuditFacts> Read(ApiClient api, PageFilter filter, string? after, CancellationToken cancellationToken) =>
        new(await api.OperatorActions(filter.Query(("after", after)), cancellationToken));
}
