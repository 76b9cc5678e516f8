using System.Text.Json;
using SagaOrchestrator.Cli.Tests.Typing;

namespace SagaOrchestrator.Cli.Tests;

public sealed class When_many_deliveries_are_redelivered
{
    [Test]
    public async Task Should_say_how_many_there_are_and_send_or_give_up_those()
    {
        using var terminal = CliSystem.Open();
        var made = await terminal.Do("webhooks", "create", "--url", "https://127.0.0.1:9/hook", "--reason", "Look.", "--yes", "--json");
        var hook = JsonElement.Parse(made).GetProperty("id").GetGuid();
        await CliSystem.Running.Sandbox.Execute(
            $$"""
            update orchestrator.webhook set last_number = 3 where id = '{{hook}}';
            insert into orchestrator.webhook_delivery (webhook_id, number, event, body, occurred_at, state, give_up_at, status, ended_at)
            select '{{hook}}', number, 'Completed', '{}', now() - interval '1 day', 'Failed', now(), 500 + number, now()
            from generate_series(1, 3) number
            """
        );

        var one = await terminal.Do("webhooks", "redeliver-all", $"{hook}", "--since", "2d", "--limit", "1", "--reason", "It is back.");
        one.ShouldContain("3 failed deliveries are found. They would be sent again.");
        one.ShouldContain("1 of 3 are sent again.");
        (await terminal.Do("webhooks", "redeliver-all", $"{hook}", "--cause", "503", "--reason", "It is back.", "--yes")).ShouldContain(
            "1 of 1 are sent again."
        );
        (await terminal.Do("webhooks", "redeliver-all", $"{hook}", "--since", "1h", "--reason", "It is back.")).ShouldContain(
            "0 of 0 are sent again."
        );
        var given = await terminal.Do("webhooks", "give-up", $"{hook}", "--since", "2d", "--before", "1h", "--reason", "Nobody waits.");
        given.ShouldContain("2 pending deliveries are found. They would be given up.");
        given.ShouldContain("2 of 2 are given up.");
        await terminal.Do("webhooks", "rm", $"{hook}", "--reason", "Done.", "--yes");
    }
}
