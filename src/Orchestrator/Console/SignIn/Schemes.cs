namespace SagaOrchestrator.Console.SignIn;

/// <summary>The console's own schemes of authentication; those of the host stay the host's.</summary>
internal static class Schemes
{
    public const string Session = "SagaConsole.Session";
    public const string Issuer = "SagaConsole.Issuer";
}
