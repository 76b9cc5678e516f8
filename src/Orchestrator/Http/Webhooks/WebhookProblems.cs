using System.Globalization;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.Webhooks;

/// <summary>Says of webhooks and deliveries what is not there, and what is too much.</summary>
internal static class WebhookProblems
{
    public static ProblemAnswer Unknown(Guid id) =>
        Problem.Of(ProblemTypes.UnknownWebhook, $"No webhook has the id {id}. It may have been deleted.", ("field", "id"));

    public static ProblemAnswer UnknownDelivery(long number) =>
        Problem.Of(
            ProblemTypes.UnknownDelivery,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The webhook has no delivery {number}. The newest ten thousand are kept, as long as ended sagas."
            ),
            ("field", "number")
        );

    public static ProblemAnswer TooMany(int most) =>
        Problem.Of(
            ProblemTypes.TooManyWebhooks,
            string.Create(CultureInfo.InvariantCulture, $"There are {most} already (Webhooks:Most). Delete one that nobody needs.")
        );
}
