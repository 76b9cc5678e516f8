using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.GetSaga;

/// <summary>What a caller gets for an action or a signal: the saga's status, or why it was not done.</summary>
internal static class ActionResults
{
    public static IResult Of(ActionAnswer answer, Guid sagaId, ApiPaths paths) =>
        answer switch
        {
            ActionAnswer.Done done => ApiJson.Answer(SagaStatus.Of(done.Saga, paths)),
            ActionAnswer.UnknownSaga => Problem.UnknownSaga(sagaId, paths),
            ActionAnswer.Refused refused => Problem.NotPossible(refused.Code, refused.Reason, sagaId, paths),
            ActionAnswer.Invalid invalid => Problem.Invalid([invalid.Refusal]),
            ActionAnswer.UnknownSignal { Known.Count: 0 } unknown => Problem.Invalid(
                "name",
                $"A saga '{unknown.SagaType}' waits for no signals."
            ),
            ActionAnswer.UnknownSignal unknown => Problem.Invalid(
                "name",
                $"A saga '{unknown.SagaType}' waits for: {string.Join(", ", unknown.Known)}."
            ),
            _ => throw new InvalidOperationException(
                $"The answer {answer.GetType().Name} is new here. Teach {nameof(ActionResults)} to give it."
            ),
        };
}
