using System.Security.Cryptography;

namespace SagaOrchestrator.Engine.Topology;

/// <summary>Makes passwords of new users and roles. They go to files that only their owner reads, and are printed nowhere.</summary>
/// <param name="folder">Where the files are; null for development passwords.</param>
internal sealed class NewPasswords(string? folder)
{
    /// <summary>One for a name that can log in nowhere yet, and where it stands.</summary>
    public (string Password, string Where) Make(string name, string of)
    {
        if (folder is null)
        {
            return ($"{name}-dev", $"'{name}-dev', for development only");
        }

        var path = Path.GetFullPath(Path.Combine(folder, $"{name}.{of}.password"));
        if (File.Exists(path))
        {
            // Of an attempt that got no further.
            return (File.ReadAllText(path), "in " + path);
        }

        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        Directory.CreateDirectory(folder);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        file.Write(System.Text.Encoding.ASCII.GetBytes(password));
        return (password, "in " + path);
    }

    /// <summary>Where the password of a name stands that was there before.</summary>
    public string Known(string name, string of) =>
        folder is not null && Path.GetFullPath(Path.Combine(folder, $"{name}.{of}.password")) is var path && File.Exists(path)
            ? "in " + path
            : "where it was put when it was set";
}
