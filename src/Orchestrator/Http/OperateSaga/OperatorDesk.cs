using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Engine.Operating;
using SagaOrchestrator.Http.Conditional;
using SagaOrchestrator.Http.GetSaga;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;
using SagaOrchestrator.Intake;

namespace SagaOrchestrator.Http.OperateSaga;

/// <summary>Takes an operator's request: reads and checks it, carries it out, and answers with the saga's status.</summary>
internal sealed class OperatorDesk(SagaOperator sagas, IntakeLimits limits)
{
    public async Task<IResult> Act<T>(
        Guid id,
        HttpRequest http,
        Func<SagaOperator, T, OperatorNote, Task<ActionAnswer>> action,
        CancellationToken cancellationToken
    )
        where T : OperatorRequest
    {
        var read = await NotedBody.Read<T>(http, limits, cancellationToken);
        return read.Value is { } asked
            ? ActionResults.Of(
                await action(sagas, asked.Body, asked.Note with { OnlyAt = EntityTags.Versions(http) }),
                id,
                ApiPaths.Of(http.HttpContext)
            )
            : read.Problem!;
    }
}
