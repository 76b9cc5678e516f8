namespace SagaOrchestrator.Packages.Tests.Outside;

/// <summary>An empty folder outside the repository, with the packed packages and the user's own sources to restore from.</summary>
internal sealed class Workshop : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("saga-outside-");

    // Nobody has a package of that version, and it is found without asking for a preview.
    private readonly string version = $"0.1.{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}";

    public string Root => folder.FullName;

    /// <summary>The folder with the packages.</summary>
    public string Feed => Path.Combine(Root, "feed");

    /// <summary>Packs every package under a version of its own, and makes the templates known to this folder only.</summary>
    public async Task Pack()
    {
        await Shell.Run(
            Clone.Root,
            "dotnet",
            "pack",
            "SagaOrchestrator.sln",
            "-c",
            "Release",
            "--no-build",
            "--nologo",
            "-v",
            "quiet",
            "-o",
            Feed,
            $"-p:Version={version}"
        );
        var home =
            Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        await File.WriteAllTextAsync(
            Path.Combine(Root, "nuget.config"),
            $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{Path.Combine(Root, "packages")}" /></config>
              <fallbackPackageFolders><add key="home" value="{home}" /></fallbackPackageFolders>
              <packageSources><add key="packed" value="{Feed}" /></packageSources>
            </configuration>
            """
        );
        await Dotnet(Root, "new", "install", Path.Combine(Feed, $"SagaOrchestrator.Templates.{version}.nupkg"));
    }

    /// <summary>An empty folder beside the others.</summary>
    public string NewFolder(string name) => folder.CreateSubdirectory(name).FullName;

    /// <summary>Makes something of a template.</summary>
    public Task New(string template, string name, params string[] options) =>
        Dotnet(Root, ["new", template, "-n", name, "-o", name, .. options]);

    /// <summary>Installs the terminal as a tool.</summary>
    /// <returns>The command <c>sagas</c>.</returns>
    public async Task<string> InstallTerminal()
    {
        var tools = Path.Combine(Root, "tools");
        await Dotnet(Root, "tool", "install", "SagaOrchestrator.Cli", "--version", version, "--tool-path", tools);
        return Path.Combine(tools, "sagas");
    }

    /// <summary>Builds a solution and runs its tests.</summary>
    public Task<string> Test(string name) =>
        Dotnet(Path.Combine(Root, name), "test", "-c", "Release", "--nologo", "-v", "quiet", "-p:NuGetAudit=false");

    /// <summary>Puts the team's own files over those of a template.</summary>
    public void Overlay(string name)
    {
        var source = Path.Combine(AppContext.BaseDirectory, "Overlay", name);
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(Root, name, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
            // A copy has the time of its source, which is before the last build.
            File.SetLastWriteTimeUtc(target, DateTime.UtcNow);
        }
    }

    public void Dispose() => folder.Delete(recursive: true);

    // Templates are installed below the folder, so that the person's own stay as they are.
    private Task<string> Dotnet(string where, params string[] arguments) =>
        Shell.Run(
            where,
            "dotnet",
            arguments is ["new", ..] ? [.. arguments, "--debug:custom-hive", Path.Combine(Root, "templates")] : arguments
        );
}
