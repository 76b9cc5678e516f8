namespace SagaOrchestrator.Runner.Check;

/// <summary>
/// Checks until the check holds, for a while: the last replies are still being confirmed, the console's figures are some seconds old, and
/// a message that only one of two builds can handle finds it by chance, five seconds from one try to the next (ADR 11).
/// </summary>
internal static class Settling
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<IReadOnlyList<CheckResult>> Check(Func<Task<Evidence>> gather, CancellationToken cancellationToken)
    {
        var giveUp = DateTime.UtcNow + Patience;
        while (true)
        {
            var checks = EndCheck.Run(await gather());
            if (checks.All(check => check.Holds) || DateTime.UtcNow > giveUp)
            {
                return checks;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500), cancellationToken);
        }
    }
}
