using SagaOrchestrator.Engine.Operating;

namespace SagaOrchestrator.Engine.Control;

internal static class Answers
{
    public static ActionAnswer Of(Acted? acted) =>
        acted switch
        {
            null => new ActionAnswer.UnknownSaga(),
            { Refused: { } refused } => new ActionAnswer.Refused(refused.Code, refused.Reason),
            _ => new ActionAnswer.Done(new SagaSnapshot(acted.Saga)),
        };
}
