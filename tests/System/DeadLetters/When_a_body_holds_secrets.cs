using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.DeadLetters;

/// <summary>A card token, or an address, in a body that cannot be read.</summary>
[Property("Rule", "S41")]
public sealed class When_a_body_holds_secrets
{
    private const string Secret = "tok_4111_secret";

    [TestCase(
        $$"""{ "messageType": ["urn:message:SagaOrchestrator.Messages.Orders.OrderFulfillment:StartOrderFulfillment"], "message": { "token": {{Secret}} } }"""
    )]
    [TestCase(
        $$"""{ "messageId": "{{Secret}}", "messageType": ["urn:message:SagaOrchestrator.Messages.Orders.OrderFulfillment:StartOrderFulfillment"], "message": {} }"""
    )]
    public async Task Should_be_found_in_no_header_and_on_no_line(string payload)
    {
        await using var sandbox = await Sandbox.Create();
        var log = Path.Combine(TestContext.CurrentContext.WorkDirectory, sandbox.Name + ".log");
        using (ServiceProcess.Orchestrator(sandbox, FreePort.Find(), log))
        {
            await sandbox.Publish(
                "orchestrator",
                payload,
                new
                {
                    content_type = "application/vnd.masstransit+json",
                    headers = new Dictionary<string, object> { ["saga-id"] = new string('s', 100_000) },
                }
            );
            var letter = (await sandbox.WaitFor("orchestrator.dead-letter")).Single();
            letter.Payload.ShouldBe(payload);
            letter.Headers.Values.ShouldAllBe(value => !value.Contains(Secret, StringComparison.Ordinal));
            await Eventually.True(
                () => Task.FromResult(Lines(log).Any(line => line.Contains("went to its dead-letter queue", StringComparison.Ordinal))),
                "it is logged"
            );
        }

        var lines = Lines(log);
        lines.ShouldAllBe(line => !line.Contains(Secret, StringComparison.Ordinal) && line.Length <= 8192);
        lines.Count(line => line.Contains("\"Level\":\"Error\"", StringComparison.Ordinal)).ShouldBe(1);
    }

    private static string[] Lines(string log)
    {
        using var file = new StreamReader(new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return file.ReadToEnd().Split('\n');
    }
}
