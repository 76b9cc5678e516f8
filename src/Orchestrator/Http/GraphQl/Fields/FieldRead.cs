using System.Collections;
using System.Globalization;
using System.Text.Json;
using GraphQL;
using SagaOrchestrator.Http.Answers;
using SagaOrchestrator.Http.GraphQl.Asking;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.GraphQl.Fields;

/// <summary>The reading of one field: its arguments as the routes of REST take them, and what these answer as its value.</summary>
internal sealed class FieldRead(IResolveFieldContext context)
{
    public HttpContext Http => Request.Http;

    public RequestReads Request { get; } = (RequestReads)context.UserContext;

    public object? Source => context.Source;

    public CancellationToken Cancelled => context.CancellationToken;

    public T Service<T>()
        where T : notnull => Http.RequestServices.GetRequiredService<T>();

    /// <summary>An argument as a query parameter has it; null when it is left out.</summary>
    public string? Text(string name) => Word(name, Argument(name));

    /// <summary>A field of the argument <c>filter</c>, in the same way.</summary>
    public string? Filter(string name) => Word(name, Filters.TryGetValue(name, out var value) ? value : null);

    /// <summary>A list of objects in the argument <c>filter</c>.</summary>
    public IEnumerable<IDictionary<string, object?>> FilterObjects(string name) =>
        Filters.TryGetValue(name, out var value) && value is IEnumerable items ? items.OfType<IDictionary<string, object?>>() : [];

    public Guid Id(string name) => Guid.Parse(Text(name)!);

    /// <summary>What a route of REST answers: its value, or its problem as an error.</summary>
    public static JsonElement Value(IResult answer) =>
        answer switch
        {
            IJsonAnswer json => json.Json,
            ProblemAnswer problem => throw new RefusedRead(problem),
            _ => throw new InvalidOperationException($"{answer.GetType().Name} is new here. Teach {nameof(FieldRead)} to read it."),
        };

    /// <summary>The items of a list that a route answers.</summary>
    public static JsonElement Items(IResult answer, string name = "items") => Value(answer).GetProperty(name);

    /// <summary>The same where 404 says that there is none.</summary>
    public static JsonElement? ValueOrNone(IResult answer) =>
        answer is ProblemAnswer { StatusCode: StatusCodes.Status404NotFound } ? null : Value(answer);

    /// <summary>Reads, and makes an error with a code of what fails.</summary>
    public static async Task<T> Guarded<T>(HttpContext http, Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception exception) when (exception is not ExecutionError && !http.RequestAborted.IsCancellationRequested)
        {
            throw new RefusedRead(http.RequestServices.GetRequiredService<UnexpectedFailure>().Of(http, exception));
        }
    }

    private IDictionary<string, object?> Filters => Argument("filter") as IDictionary<string, object?> ?? new Dictionary<string, object?>();

    private object? Argument(string name) => context.Arguments?.TryGetValue(name, out var argument) == true ? argument.Value : null;

    private static string? Word(string name, object? value) =>
        value switch
        {
            null => null,
            string text => text,
            bool flag => flag ? "true" : "false",
            IEnumerable items => string.Join(',', items.Cast<object?>().Select(item => Single(name, item))),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture),
        };

    private static string? Single(string name, object? item)
    {
        var word = Word(name, item);
        return word?.Contains(',', StringComparison.Ordinal) == true
            ? throw new RefusedRead(Problem.Invalid(name, "A value of this list has a comma, which separates values. Leave it out."))
            : word;
    }
}
