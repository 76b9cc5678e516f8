using Microsoft.AspNetCore.Mvc;
using SagaOrchestrator.Engine.Breakers;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Http.Problems;

/// <summary>Makes error answers: a type of <see cref="ProblemTypes"/> and what there is to say about the case at hand.</summary>
internal static class Problem
{
    private const int LongestName = 100;

    public static ProblemAnswer Invalid(IEnumerable<FieldError> errors) =>
        new(
            new HttpValidationProblemDetails(
                errors
                    .GroupBy(error => Short(error.Field))
                    .ToDictionary(group => group.Key, group => group.Select(error => error.Message).ToArray())
            )
            {
                Title = ProblemTypes.InvalidRequest.Title,
                Detail = ProblemTypes.InvalidRequest.NextMove,
                Status = ProblemTypes.InvalidRequest.Status,
            },
            ProblemTypes.InvalidRequest
        );

    /// <summary>A start whose data is wrong.</summary>
    public static ProblemAnswer Invalid(InvalidStartException exception) => Invalid(exception.Errors).With("refusals", exception.Refusals);

    public static ProblemAnswer Invalid(string field, string message) => Invalid([new FieldError(field, message)]);

    /// <summary>The same with path, expected and got of each.</summary>
    public static ProblemAnswer Invalid(IReadOnlyList<Refusal> refusals) =>
        Invalid(refusals.Select(refusal => new FieldError(refusal.Path, refusal.Sentence))).With("refusals", refusals);

    public static ProblemAnswer UnknownType(IEnumerable<string> known) =>
        Of(
            ProblemTypes.UnknownSagaType,
            $"The type in the path is not one of: {string.Join(", ", known)}. Nothing was started.",
            ("field", "type")
        );

    public static ProblemAnswer UnknownSaga(Guid id, ApiPaths paths) =>
        Of(
            ProblemTypes.UnknownSaga,
            $"No saga has the id {id}. Look it up by its business key: GET {paths.Sagas}?key=...",
            ("field", "id")
        );

    public static ProblemAnswer UnknownKey(string type, ApiPaths paths) =>
        Of(
            ProblemTypes.UnknownSaga,
            $"No saga '{type}' has the business key in the path. Keys are compared byte by byte; GET "
                + $"{paths.Sagas}?type={Uri.EscapeDataString(type)} lists them.",
            ("field", "businessKey")
        );

    public static ProblemAnswer NoId(ApiPaths paths) =>
        Of(
            ProblemTypes.UnknownSaga,
            $"What stands for the id in the path is not a UUID, so no saga has it. Look the saga up by its business key: GET "
                + $"{paths.Sagas}?key=...",
            ("field", "id")
        );

    public static ProblemAnswer Conflict(Guid existing, string key, ApiPaths paths) =>
        Of(
            ProblemTypes.BusinessKeyConflict,
            $"Saga {existing} was started under the key '{key}' with other data. Use another key, or send the same data again to get that "
                + $"saga.",
            ("sagaId", existing),
            ("saga", paths.Saga(existing))
        );

    public static ProblemAnswer NotPossible(string code, string reason, Guid saga, ApiPaths paths) =>
        Of(ActionProblems.OfCode(code), reason, ("saga", paths.Saga(saga)));

    public static ProblemAnswer StartsStopped(BreakerSetting stop) =>
        Of(
            ProblemTypes.StartsStopped,
            $"{stop.By} has stopped them: {stop.Reason} Nothing was started; send the same request again later.",
            ("field", "type"),
            ("since", stop.At)
        );

    public static ProblemAnswer TooLarge(long limit) =>
        Of(ProblemTypes.BodyTooLarge, $"At most {limit} bytes are accepted. Nothing was done.", ("field", "body"), ("limit", limit));

    public static ProblemAnswer Of(ProblemType type, string detail, params (string Key, object Value)[] more) =>
        Of(type, type.Status, detail, more);

    /// <summary>One whose status is not that of its type.</summary>
    public static ProblemAnswer Of(ProblemType type, int status, string detail, params (string Key, object Value)[] more)
    {
        var problem = new ProblemDetails
        {
            Title = type.Title,
            Detail = detail,
            Status = status,
        };
        foreach (var (key, value) in more)
        {
            problem.Extensions[key] = value;
        }

        return new ProblemAnswer(problem, type);
    }

    // A name that the caller made up may be as long as a request.
    private static string Short(string name) => name.Length <= LongestName ? name : name[..LongestName] + "…";
}
