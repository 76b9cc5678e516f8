namespace SagaOrchestrator.Http.Access;

/// <summary>Who sends a request.</summary>
/// <param name="Name">As it stands in the operators' log; null when nobody has to say who he is.</param>
/// <param name="Roles">What he may: words of <see cref="SagaRole"/> in small letters, <c>start:TYPE</c> for one saga type.</param>
internal sealed record Caller(string? Name, IReadOnlyCollection<string> Roles)
{
    private const string Everything = "administer";
    private const string OfType = "start:";

    /// <summary>Where nobody has to say who he is.</summary>
    public static Caller Anybody { get; } = new(null, [Everything]);

    public bool IsKnown => Name is not null;

    /// <param name="role">What the route asks for.</param>
    /// <param name="sagaType">The saga type in the route's path; null when there is none.</param>
    public bool May(SagaRole role, string? sagaType) =>
        role is SagaRole.Open or SagaRole.Known
        || Has(Everything)
        || (role != SagaRole.Administer && Has(Word(role)))
        || (role == SagaRole.Read && Has(Word(SagaRole.Operate)))
        || (role == SagaRole.Start && sagaType is not null && Has(OfType + sagaType));

    /// <summary>The saga types of his roles <c>start:TYPE</c>.</summary>
    public IEnumerable<string> StartableTypes =>
        Roles.Where(role => role.StartsWith(OfType, StringComparison.Ordinal)).Select(role => role[OfType.Length..]);

    public static string Word(SagaRole role) =>
        role switch
        {
            SagaRole.Open or SagaRole.Known => "anybody",
            SagaRole.Read => "read",
            SagaRole.Start => "start",
            SagaRole.Operate => "operate",
            SagaRole.Sensitive => "sensitive",
            SagaRole.Keys => "keys",
            _ => Everything,
        };

    public static Caller Of(HttpContext http) => http.Items[typeof(Caller)] as Caller ?? Anybody;

    public void Keep(HttpContext http) => http.Items[typeof(Caller)] = this;

    private bool Has(string role) => Roles.Contains(role, StringComparer.Ordinal);
}
