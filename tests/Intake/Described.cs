using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace SagaOrchestrator.Intake.Tests;

/// <summary>A record with every way to say something about a member.</summary>
internal sealed record Described(
    [StringLength(5, MinimumLength = 2)] string Short,
    [MaxLength(4)] string AtMost,
    [MinLength(3)] string AtLeast,
    [property: Key] string AnyKey,
    string? Optional,
    [Required] string? Demanded,
    string Defaulted = "-",
    [property: JsonPropertyName("other_name")] string Renamed = "-"
)
{
    /// <summary>Follows from the others, so that nobody sends it.</summary>
    public string Derived => Short + AtMost;

    [JsonIgnore]
    public string Hidden { get; init; } = "-";

    public string Settable { get; init; } = "-";

    public required string Needed { get; init; }
}

internal sealed record Numbers(
    int Int,
    long Long,
    short Short,
    double Double,
    float Float,
    decimal Decimal,
    [System.ComponentModel.DataAnnotations.Range(typeof(decimal), "0.5", "79228162514264337593543950335")] decimal AtLeast,
    [System.ComponentModel.DataAnnotations.Range(typeof(decimal), "-79228162514264337593543950335", "9.5")] decimal AtMost
);

internal sealed record Times(DateOnly? On = null, DateTimeOffset? At = null, TimeSpan? Within = null);

internal sealed record Collections(
    string[] Array,
    IReadOnlyList<string?> Nullables,
    [Length(2, 3)] int[] Few,
    [MinLength(1)] List<string> Some,
    Dictionary<string, int> Counts,
    Pair<string, int> Pair
);

/// <summary>Two type arguments, the first a text, and no map.</summary>
internal sealed record Pair<TFirst, TSecond>(TFirst First, TSecond Second);

internal record Base(string First, string Second);

internal sealed record Derived(string First, string Second, string Third) : Base(First, Second);

internal sealed class TwoConstructors
{
    [JsonConstructor]
    public TwoConstructors(string name) => Name = name;

    public TwoConstructors(string name, string nothing)
        : this(name + nothing) { }

    public string Name { get; }
}

internal sealed class NoMarkedConstructor
{
    public NoMarkedConstructor() { }

    public NoMarkedConstructor(string name) => Name = name;

    public string? Name { get; }

    public string? Set { get; set; }
}

internal class Sixtyfour
{
    public int A0 { get; init; }
    public int A1 { get; init; }
    public int A2 { get; init; }
    public int A3 { get; init; }
    public int A4 { get; init; }
    public int A5 { get; init; }
    public int A6 { get; init; }
    public int A7 { get; init; }
    public int B0 { get; init; }
    public int B1 { get; init; }
    public int B2 { get; init; }
    public int B3 { get; init; }
    public int B4 { get; init; }
    public int B5 { get; init; }
    public int B6 { get; init; }
    public int B7 { get; init; }
    public int C0 { get; init; }
    public int C1 { get; init; }
    public int C2 { get; init; }
    public int C3 { get; init; }
    public int C4 { get; init; }
    public int C5 { get; init; }
    public int C6 { get; init; }
    public int C7 { get; init; }
    public int D0 { get; init; }
    public int D1 { get; init; }
    public int D2 { get; init; }
    public int D3 { get; init; }
    public int D4 { get; init; }
    public int D5 { get; init; }
    public int D6 { get; init; }
    public int D7 { get; init; }
    public int E0 { get; init; }
    public int E1 { get; init; }
    public int E2 { get; init; }
    public int E3 { get; init; }
    public int E4 { get; init; }
    public int E5 { get; init; }
    public int E6 { get; init; }
    public int E7 { get; init; }
    public int F0 { get; init; }
    public int F1 { get; init; }
    public int F2 { get; init; }
    public int F3 { get; init; }
    public int F4 { get; init; }
    public int F5 { get; init; }
    public int F6 { get; init; }
    public int F7 { get; init; }
    public int G0 { get; init; }
    public int G1 { get; init; }
    public int G2 { get; init; }
    public int G3 { get; init; }
    public int G4 { get; init; }
    public int G5 { get; init; }
    public int G6 { get; init; }
    public int G7 { get; init; }
    public int H0 { get; init; }
    public int H1 { get; init; }
    public int H2 { get; init; }
    public int H3 { get; init; }
    public int H4 { get; init; }
    public int H5 { get; init; }
    public int H6 { get; init; }
    public required int H7 { get; init; }
}

internal sealed class Sixtyfive : Sixtyfour
{
    public int I0 { get; init; }
}
