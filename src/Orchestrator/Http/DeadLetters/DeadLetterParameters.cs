using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using SagaOrchestrator.Engine.DeadLetters;
using SagaOrchestrator.Http.Requests;

namespace SagaOrchestrator.Http.DeadLetters;

/// <summary>What dead letters can be asked for. Several values of one filter are separated by commas.</summary>
/// <param name="Queue">Taken from these queues.</param>
/// <param name="Reason">For these reasons.</param>
/// <param name="MessageType">Of these message types, without namespace.</param>
/// <param name="SagaType">Of sagas of these types.</param>
/// <param name="SagaId">Of this saga.</param>
/// <param name="Key">Of sagas with this business key.</param>
/// <param name="From">Dead since this time or later.</param>
/// <param name="Before">Dead since before this time.</param>
/// <param name="State">waiting, redriven, discarded, gone. By itself waiting.</param>
internal sealed record DeadLetterParameters(
    [property: FromQuery(Name = "queue"), Several] string? Queue,
    [property: FromQuery(Name = "reason"), Several] string? Reason,
    [property: FromQuery(Name = "messageType"), Several] string? MessageType,
    [property: FromQuery(Name = "sagaType"), Several] string? SagaType,
    [property: FromQuery(Name = "sagaId"), Id] string? SagaId,
    [property: FromQuery(Name = "key")] string? Key,
    [property: FromQuery(Name = "from"), Time] string? From,
    [property: FromQuery(Name = "before"), Time] string? Before,
    [property:
        FromQuery(Name = "state"),
        Several(DeadLetterState.Waiting, DeadLetterState.Redriven, DeadLetterState.Discarded, DeadLetterState.Gone)
    ]
        string? State
)
{
    public DeadLetterQuery Read(ParameterReader read)
    {
        var states = State is null ? [DeadLetterState.Waiting] : read.Values("state", State);
        if (states.Except(DeadLetterState.All).Any())
        {
            read.Refuse("state", $"Give one or more of: {string.Join(", ", DeadLetterState.All)}.");
        }

        Guid saga = default;
        if (SagaId is not null && !Guid.TryParse(SagaId, out saga))
        {
            read.Refuse("sagaId", "Give the saga's id, a UUID; or its business key as key.");
        }

        return new DeadLetterQuery
        {
            Queues = read.Values("queue", Queue),
            Reasons = read.Values("reason", Reason),
            MessageTypes = read.Values("messageType", MessageType),
            SagaTypes = read.Values("sagaType", SagaType),
            SagaId = SagaId is null ? null : saga,
            BusinessKey = read.Text("key", Key),
            From = read.Time("from", From),
            Before = read.Time("before", Before),
            States = states,
        };
    }
}

/// <summary>A place in a list of dead letters, as clients carry it around.</summary>
internal static class DeadLetterCursor
{
    public static string Write(DeadLetterPlace place) =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{place.At.UtcTicks}.{place.Id:N}")));

    public static DeadLetterPlace? Read(string cursor) =>
        Base64Url.IsValid(cursor)
        && Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor)).Split('.') is [var at, var id]
        && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
        && ticks <= DateTimeOffset.MaxValue.UtcTicks
        && Guid.TryParseExact(id, "N", out var letter)
            ? new DeadLetterPlace(new DateTimeOffset(ticks, TimeSpan.Zero), letter)
            : null;
}
