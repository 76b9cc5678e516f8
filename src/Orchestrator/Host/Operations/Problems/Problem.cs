using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SagaOrchestrator.Host.Breakers;
using SagaOrchestrator.Host.Plans;
using SagaOrchestrator.Intake;

namespace SagaOrchestrator.Host.Operations.Problems;

/// <summary>Errors as RFC 9457 problem details. The <c>type</c> is stable; programs switch on it.</summary>
internal static class Problem
{
    private const string TypePrefix = "urn:saga-orchestrator:problem:";

    public static ProblemHttpResult Invalid(IEnumerable<FieldError> errors) => TypedResults.Problem(new HttpValidationProblemDetails(
        errors.GroupBy(error => error.Field).ToDictionary(group => group.Key, group => group.Select(error => error.Message).ToArray()))
    {
        Type = TypePrefix + "invalid-request",
        Title = "The request is not valid.",
        Detail = "Correct the fields under 'errors' and send it again. Nothing was changed.",
        Status = StatusCodes.Status400BadRequest,
    });

    /// <summary>A start whose data is wrong.</summary>
    public static ProblemHttpResult Invalid(InvalidStartException exception)
    {
        var problem = Invalid(exception.Errors);
        problem.ProblemDetails.Extensions["refusals"] = exception.Refusals;
        return problem;
    }

    /// <summary>The same with path, expected and got of each.</summary>
    public static ProblemHttpResult Invalid(IReadOnlyList<Refusal> refusals)
    {
        var problem = Invalid(refusals.Select(refusal => new FieldError(refusal.Path, refusal.Sentence)));
        problem.ProblemDetails.Extensions["refusals"] = refusals;
        return problem;
    }

    public static ProblemHttpResult Invalid(string field, string message) => Invalid([new FieldError(field, message)]);

    public static ProblemHttpResult UnknownType(string type, IEnumerable<string> known) => Of(
        StatusCodes.Status404NotFound, "unknown-saga-type", "There is no such saga type.",
        $"'{type}' is not one of: {string.Join(", ", known)}. Nothing was started.", ("field", "type"));

    public static ProblemHttpResult UnknownSaga(Guid id) => Of(
        StatusCodes.Status404NotFound, "unknown-saga", "There is no such saga.",
        $"No saga has the id {id}. Look it up by its business key: GET {Routes.Sagas}?key=...", ("field", "id"));

    public static ProblemHttpResult Conflict(Guid existing, string key) => Of(
        StatusCodes.Status409Conflict, "business-key-conflict", "The business key belongs to another saga.",
        $"Saga {existing} was started under the key '{key}' with other data. Use another key, or send the same data again to get that saga.",
        ("sagaId", existing), ("saga", Routes.Saga(existing)));

    public static ProblemHttpResult NotPossible(string code, string reason, Guid saga) => Of(
        StatusCodes.Status409Conflict, code, "The action is not possible.", reason, ("saga", Routes.Saga(saga)));

    public static ProblemHttpResult StartsStopped(BreakerSetting stop) => Of(
        StatusCodes.Status503ServiceUnavailable, "starts-stopped", "Starts of this type are stopped.",
        $"{stop.By} has stopped them: {stop.Reason} Nothing was started; send the same request again later.", ("field", "type"), ("since", stop.At));

    public static ProblemHttpResult TooLarge(long limit) => Of(
        StatusCodes.Status413PayloadTooLarge, "body-too-large", "The body is too large.",
        $"At most {limit} bytes are accepted. Nothing was started.", ("field", "body"), ("limit", limit));

    public static ProblemHttpResult Of(int status, string type, string title, string detail, params (string Key, object Value)[] more)
    {
        var problem = new ProblemDetails { Type = TypePrefix + type, Title = title, Detail = detail, Status = status };
        foreach (var (key, value) in more)
        {
            problem.Extensions[key] = value;
        }

        return TypedResults.Problem(problem);
    }
}
