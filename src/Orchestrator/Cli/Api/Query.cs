namespace SagaOrchestrator.Cli.Api;

/// <summary>Parameters of a request; those without a value are left out.</summary>
internal sealed class Query
{
    public static readonly Query None = new();

    private readonly List<(string Name, string Value)> parameters = [];

    public IReadOnlyList<(string Name, string Value)> Parameters => parameters;

    public Query With(string name, string? value)
    {
        var query = new Query();
        query.parameters.AddRange(parameters.Where(parameter => parameter.Name != name));
        if (value is not null)
        {
            query.parameters.Add((name, value));
        }

        return query;
    }

    public override string ToString() =>
        parameters.Count == 0
            ? string.Empty
            : "?"
                + string.Join(
                    '&',
                    parameters.Select(parameter => $"{Uri.EscapeDataString(parameter.Name)}={Uri.EscapeDataString(parameter.Value)}")
                );
}
