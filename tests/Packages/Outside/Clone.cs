namespace SagaOrchestrator.Packages.Tests.Outside;

/// <summary>The clone that the tests run in.</summary>
internal static class Clone
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "SagaOrchestrator.sln")))
        {
            root = root.Parent;
        }

        return root?.FullName
            ?? throw new InvalidOperationException("These tests run inside the clone, which has SagaOrchestrator.sln at its root.");
    }
}
