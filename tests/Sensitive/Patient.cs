using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using SagaOrchestrator.Intake.Contracts;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Sensitive.Keys;
using SagaOrchestrator.Sensitive.Sealing;

namespace SagaOrchestrator.Sensitive.Tests;

/// <summary>A document with marks in each place where there can be one.</summary>
public sealed record Patient(
    [property: Key] string Id,
    [Sensitive] [Length(1, 40)] string Name,
    [Sensitive] decimal? Weight,
    [Sensitive] IReadOnlyList<string>? Notes,
    IReadOnlyList<Contact> Contacts,
    IReadOnlyDictionary<string, Contact> ByRole
)
{
    public static readonly Guid Saga = new("11111111-2222-3333-4444-555555555555");

    public static SealedDocument Document(Guid? saga = null, string name = SealedPlace.Start) =>
        new(Contract.Of<Patient>().Shape, saga ?? Saga, name);

    public static JsonElement Json(string name) =>
        JsonSerializer.SerializeToElement(
            new
            {
                id = "p-1",
                name,
                weight = 62.5,
                notes = new[] { "a", name },
                contacts = new object[] { new { kind = "home", phone = "1" + name }, new { kind = "work", phone = (string?)null } },
                byRole = new { mother = new { kind = "home", phone = "2" + name } },
                other = new { name },
            }
        );

    public static KeyRing Ring(params string[] names) =>
        new(names[0], names.Select(name => new WrappingKey(name, Enumerable.Repeat((byte)name.Length, 32).ToArray())));
}

public sealed record Contact(string Kind, [Sensitive] string? Phone);
