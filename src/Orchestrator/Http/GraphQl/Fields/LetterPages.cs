using System.Text.Json;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Engine.DeadLetters;
using SagaOrchestrator.Http.DeadLetters;
using SagaOrchestrator.Http.GraphQl.Asking;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;

namespace SagaOrchestrator.Http.GraphQl.Fields;

/// <summary>Dead letters, as the routes of <see cref="ReadDeadLetterEndpoints"/> have them.</summary>
internal static class LetterPages
{
    private const string After = "after";

    public static async Task<object?> Read(FieldRead field)
    {
        var reader = new ParameterReader();
        var query = ParametersOf(field).Read(reader);
        var limit = reader.Number("first", field.Text("first"), ReadDeadLetterEndpoints.UsualPage, 1, ReadDeadLetterEndpoints.LargestPage);
        var cursor = field.Text(After);
        var place = cursor is null ? null : DeadLetterCursor.Read(cursor);
        if (cursor is not null && place is null)
        {
            reader.Refuse(After, "The cursor is not one that this API gave for dead letters. Take one of a page, or leave it out.");
        }

        if (reader.Errors.Count > 0)
        {
            throw new RefusedRead(Problem.Invalid(reader.Errors));
        }

        var page = await field.Service<SagaDeadLetters>().Find(query, place, limit, field.Cancelled);
        var (now, paths) = (field.Service<TimeProvider>().GetUtcNow(), ApiPaths.Of(field.Http));
        var edges = page.Letters.Select(letter => new Edge<DeadLetterItem>(
            DeadLetterCursor.Write(new DeadLetterPlace(letter.At, letter.Id)),
            DeadLetterItem.Of(letter, now, paths)
        ));
        return JsonSerializer.SerializeToElement(
            Connection<DeadLetterItem>.Of([.. edges], page.Next is not null, place is not null),
            ApiJson.Options
        );
    }

    public static async Task<object?> Groups(FieldRead field) =>
        FieldRead.Items(
            await ReadDeadLetterEndpoints.Groups(field.Http, field.Service<SagaDeadLetters>(), ParametersOf(field), field.Cancelled)
        );

    public static async Task<object?> One(FieldRead field) =>
        FieldRead.ValueOrNone(
            await ReadDeadLetterEndpoints.Get(
                field.Id("id"),
                field.Http,
                field.Service<SagaDeadLetters>(),
                field.Service<TimeProvider>(),
                field.Cancelled
            )
        );

    private static DeadLetterParameters ParametersOf(FieldRead field) =>
        new(
            field.Filter("queue"),
            field.Filter("reason"),
            field.Filter("messageType"),
            field.Filter("sagaType"),
            field.Filter("sagaId"),
            field.Filter("key"),
            field.Filter("from"),
            field.Filter("before"),
            field.Filter("state")
        );
}
