using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Formats;
using SagaOrchestrator.Messaging.Settings;

namespace SagaOrchestrator;

/// <summary>How an orchestrator deals with one participant.</summary>
public sealed class ParticipantOptions
{
    /// <summary>
    /// In which format it gets its commands, and is to answer. Its answers are taken in each format. The envelope when nothing is said.
    /// </summary>
    public MessageFormat Format { get; set; }

    /// <summary>The section <c>Participants</c>: one for each that is named there.</summary>
    internal static Dictionary<string, ParticipantOptions> Read(IConfiguration configuration) =>
        configuration
            .WithSecretFiles()
            .GetSection(Section)
            .GetChildren()
            .ToDictionary(
                child => child.Key,
                child => new ParticipantOptions
                {
                    Format = FormatOf(child.Path, configuration.Read<ParticipantSettings>(child.Path).Format),
                },
                StringComparer.OrdinalIgnoreCase
            );

    internal const string Section = "Participants";

    private static MessageFormat FormatOf(string path, string word) =>
        MessageFormats.Find(word)
        ?? throw new InvalidSettingException(
            path + ":Format",
            $"is none of {string.Join(", ", MessageFormats.All)}. Set, for example, "
                + $"{path.Replace(":", "__", StringComparison.Ordinal)}__Format=json."
        );
}

/// <summary>The settings of one participant.</summary>
internal sealed record ParticipantSettings
{
    /// <summary>A word of <see cref="MessageFormat"/>.</summary>
    public string Format { get; init; } = "envelope";
}
