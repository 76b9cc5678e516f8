namespace SagaOrchestrator.Runner.Results;

/// <summary>What became of one test.</summary>
/// <param name="Fixture">Its class, with its namespace.</param>
/// <param name="Name">Its method, with its arguments.</param>
/// <param name="End">How it ended.</param>
/// <param name="Took">From the end of the test before it, so that what was set up for it counts too.</param>
/// <param name="Message">Why it failed.</param>
/// <param name="Place">Where, as the first line of the stack that has a file.</param>
internal sealed record TestResult(string Fixture, string Name, TestEnd End, TimeSpan Took, string Message, string Place)
{
    public string FullName => $"{Fixture}.{Name}";
}

/// <summary>How a test ended.</summary>
internal enum TestEnd
{
    /// <summary>It passed.</summary>
    Passed,

    /// <summary>It failed, or was broken off.</summary>
    Failed,

    /// <summary>It did not run.</summary>
    Skipped,
}
