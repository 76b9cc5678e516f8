using System.Globalization;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.DeadLetters;

/// <summary>Says why an action on a dead letter was not done.</summary>
internal static class DeadLetterProblems
{
    public static ProblemAnswer Unknown(Guid id, ApiPaths paths) =>
        Problem.Of(
            ProblemTypes.UnknownDeadLetter,
            $"No dead letter has the id {id}. GET {paths.DeadLetters} lists those that wait.",
            ("field", "id")
        );

    public static ProblemAnswer Of(DeadLetterAnswer answer, Guid id, HttpContext http, ApiPaths paths)
    {
        if (answer is DeadLetterAnswer.Busy or DeadLetterAnswer.Unavailable)
        {
            http.Response.Headers.RetryAfter = "5";
        }

        var letter = ("letter", (object)paths.DeadLetter(id));
        return answer switch
        {
            DeadLetterAnswer.Unknown => Unknown(id, paths),
            DeadLetterAnswer.Invalid invalid => Problem.Invalid([invalid.Refusal]),
            DeadLetterAnswer.Ended ended => Problem.Of(
                ProblemTypes.DeadLetterEnded,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"It was {ended.State} at {ended.At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}. Nothing was done."
                ),
                letter
            ),
            DeadLetterAnswer.Gone => Problem.Of(
                ProblemTypes.DeadLetterGone,
                "Somebody took it off its dead-letter queue in another way, for example in RabbitMQ's console. If it should be there, "
                    + "send the request again.",
                letter
            ),
            DeadLetterAnswer.NotTaken => Problem.Of(
                ProblemTypes.DeadLetterNotTaken,
                "See that the queue, and the exchange 'to.' and its name, exist, and send the request again. It is still a dead letter.",
                letter
            ),
            DeadLetterAnswer.Busy => Problem.Of(
                ProblemTypes.DeadLetterBusy,
                "Somebody else was looking through its dead-letter queue for ten seconds. Nothing was done.",
                letter
            ),
            _ => Problem.Of(
                ProblemTypes.Unavailable,
                "The broker did not answer. Send the same request again: a letter that is sent to its queue twice is handled once.",
                letter
            ),
        };
    }
}
