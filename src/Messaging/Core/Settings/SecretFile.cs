namespace SagaOrchestrator.Messaging.Settings;

/// <summary>
/// A setting that stands in a file, as containers mount secrets: <c>RabbitMq__Password__File=/run/secrets/broker</c> is the setting
/// <c>RabbitMq:Password</c>. The file is read whenever the setting is.
/// </summary>
internal static class SecretFile
{
    /// <summary>What follows the key of the setting, in the key that names the file.</summary>
    public const string Suffix = ":File";

    /// <summary>What the setting's file holds, without the line ends after it; null when no file is named.</summary>
    /// <param name="key">The setting, for example <c>RabbitMq:Password</c>.</param>
    /// <param name="given">Reads what the other sources say of a key.</param>
    /// <exception cref="InvalidSettingException">The file is not to be had, or the setting is given beside it.</exception>
    public static string? Of(string key, Func<string, string?> given)
    {
        if (key.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) || given(key + Suffix) is not { Length: > 0 } path)
        {
            return null;
        }

        var secret = Read(key + Suffix, path);
        return given(key) is { Length: > 0 } value && value != secret
            ? throw new InvalidSettingException(key, $"is given, and {key + Suffix} too. Remove one of them.")
            : secret;
    }

    private static string Read(string key, string path)
    {
        try
        {
            return File.ReadAllText(path).TrimEnd('\r', '\n') is { Length: > 0 } secret
                ? secret
                : throw new InvalidSettingException(key, $"names '{path}', which is empty. Write the setting into that file.");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidSettingException(key, $"names '{path}', which is not there. Mount it there, or correct the path.");
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new InvalidSettingException(
                key,
                $"names '{path}', which cannot be read as a file. Let the user '{Environment.UserName}' read it, or correct the path."
            );
        }
    }
}
