using Microsoft.Extensions.Configuration;
using SagaOrchestrator.Sensitive.Keys;

namespace SagaOrchestrator.Messaging.Settings;

/// <summary>
/// Reads the ring of keys for marked values: from the file that <c>Sensitive:KeyFile</c> names, or from <c>Sensitive:Keys:NAME</c> with
/// <c>Sensitive:ActiveKey</c>.
/// </summary>
public static class SensitiveSettings
{
    /// <summary>What to do where a ring is needed and there is none.</summary>
    public const string HowToSet =
        "Set Sensitive:Keys:NAME to the output of 'openssl rand -base64 32', and Sensitive:ActiveKey to NAME; or Sensitive:KeyFile.";

    private const string Section = "Sensitive";

    /// <summary>The ring; null when the settings have none.</summary>
    /// <param name="configuration">The host's settings.</param>
    /// <exception cref="InvalidSettingException">Something is missing or wrong. The message quotes no secret.</exception>
    public static ISensitiveKeys? Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var section = configuration.WithSecretFiles().GetSection(Section);
        var (file, active) = (section["KeyFile"], section["ActiveKey"]);
        var names = section.GetSection("Keys").GetChildren().Select(key => key.Key).ToList();
        return (file, names.Count) switch
        {
            ({ Length: > 0 }, > 0) => throw new InvalidSettingException(
                $"{Section}:KeyFile",
                $"is set beside {Section}:Keys. Remove one of them."
            ),
            ({ Length: > 0 }, _) => Checked($"{Section}:KeyFile", () => new KeyFile(file)),
            (_, > 0) => Checked($"{Section}:Keys", () => Ring(section, names, active)),
            _ => null,
        };
    }

    private static KeyRing Ring(IConfigurationSection section, List<string> names, string? active) =>
        new(
            active is { Length: > 0 } ? active
                : names is [var only] ? only
                : throw new InvalidSettingException($"{Section}:ActiveKey", $"is missing. Set it to one of: {string.Join(", ", names)}."),
            names.Select(name => KeyRing.KeyOf(name, section[$"Keys:{name}"] ?? string.Empty))
        );

    private static ISensitiveKeys Checked(string key, Func<ISensitiveKeys> make)
    {
        try
        {
            return make();
        }
        catch (Exception exception) when (exception is ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidSettingException(key, $"is wrong: {exception.Message.ReplaceLineEndings(" ")}");
        }
    }
}
