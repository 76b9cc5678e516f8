namespace SagaOrchestrator.Contracts.Tests;

/// <summary>The clone that these tests run in.</summary>
internal static class Clone
{
    public static string Root { get; } = FindRoot();

    /// <summary>Compares a generated text with the one in the clone. A difference is what is reviewed.</summary>
    public static void Approve(string file, string received)
    {
        var approved = Path.Combine(Root, file);
        if (File.Exists(approved) && File.ReadAllText(approved) == received)
        {
            return;
        }

        var written = Path.Combine(
            TestContext.CurrentContext.WorkDirectory,
            Path.GetFileName(file).Replace(".approved", string.Empty, StringComparison.Ordinal) + ".received"
        );
        File.WriteAllText(written, received);
        Assert.Fail($"{file} is not what is generated. Compare, and if it is wanted: cp {written} {approved}");
    }

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
