namespace SagaOrchestrator.Contracts.Rules;

/// <summary>
/// What a participant answers, by what it remembers. The kit's own fence fills the table, in a test that holds this file to it.
/// </summary>
internal static class ParticipantRules
{
    private const string Resource = "contracts/participant-rules.md";

    public static string Read()
    {
        using var stream = typeof(ParticipantRules).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
