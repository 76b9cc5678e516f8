namespace SagaOrchestrator.Console.Api;

/// <summary>The words for a session that is over.</summary>
internal static class SessionEnd
{
    /// <summary>The next move. Where it stands, the page has a link for it.</summary>
    public const string NextMove = "Sign in again; you come back to this page.";

    public static ApiFailureException Failure() => new("Your session has ended.", NextMove, StatusCodes.Status401Unauthorized);
}
