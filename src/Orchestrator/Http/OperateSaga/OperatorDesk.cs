using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Engine.Operating;
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
        var read = await RequestBody.Read<T>(http, limits, cancellationToken);
        if (read.Value is not { } body)
        {
            return read.Problem!;
        }

        var note = Notes.Of(http.HttpContext, body);
        return note.Value is { } known
            ? ActionResults.Of(await action(sagas, body, known), id, ApiPaths.Of(http.HttpContext))
            : note.Problem!;
    }
}
