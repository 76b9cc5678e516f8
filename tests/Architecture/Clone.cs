namespace SagaOrchestrator.Architecture.Tests;

/// <summary>The sources that these tests are about.</summary>
internal static class Clone
{
    /// <summary>The root of the clone, found upwards from the test's folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every project under <c>src</c>, by its folder, for example <c>src/Messaging/Core</c>.</summary>
    public static IEnumerable<string> Projects() =>
        Directory
            .EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(project => Path.GetRelativePath(Root, Path.GetDirectoryName(project)!))
            .Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SagaOrchestrator.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new InvalidOperationException("These tests run inside the clone, which has SagaOrchestrator.sln at its root.");
    }
}
