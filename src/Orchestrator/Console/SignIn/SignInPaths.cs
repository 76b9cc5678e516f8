namespace SagaOrchestrator.Console.SignIn;

/// <summary>Addresses on the way in and out.</summary>
internal static class SignInPaths
{
    public const string Callback = Root + "/signed-in";
    public const string SignedOutCallback = Root + "/signed-out-callback";
    public const string SignedOut = Root + "/signed-out";
    public const string Failed = Root + "/sign-in-failed";
    public const string SignIn = Root + "/sign-in";
    public const string SignOut = Root + "/sign-out";
    public const string Landing = Root + "/landing";

    /// <summary>The parameter with the page to come back to.</summary>
    public const string To = "to";

    private const string Root = "/console";

    /// <summary>A page of the console to come back to; its first one for whatever is none.</summary>
    public static string Page(string? path) =>
        path is not null
        && (path == Root || path.StartsWith(Root + "/", StringComparison.Ordinal) || path.StartsWith(Root + "?", StringComparison.Ordinal))
            ? path
            : Root;
}
