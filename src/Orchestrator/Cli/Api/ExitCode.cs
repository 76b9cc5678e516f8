namespace SagaOrchestrator.Cli.Api;

/// <summary>How the program ends. Scripts rely on these numbers.</summary>
internal static class ExitCode
{
    /// <summary>It is done.</summary>
    public const int Done = 0;

    /// <summary>The API refused it.</summary>
    public const int Refused = 1;

    /// <summary>The command line, a file or a setting is wrong.</summary>
    public const int WrongUsage = 2;

    /// <summary>The API cannot be reached, or cannot work now.</summary>
    public const int Unreachable = 3;

    /// <summary>What was waited for has not ended well.</summary>
    public const int NotWell = 4;

    /// <summary>Somebody has interrupted it.</summary>
    public const int Interrupted = 130;
}
