using System.Net;
using System.Text.Json;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Sensitive;

/// <summary>Marked values are encrypted wherever they are kept or sent, and read by whom they are for.</summary>
public sealed class When_values_are_marked
{
    private const string Name = "Ada Lovelace";

    private MarkedSystem system = null!;

    [OneTimeSetUp]
    public async Task Start() => system = await MarkedSystem.Start();

    [OneTimeTearDown]
    public async Task Stop() => await system.DisposeAsync();

    [Test]
    public async Task Should_let_participants_read_them_and_keep_them_nowhere()
    {
        var saga = await system.StartOrder("kept-1", "c-1", Name);
        await system.IsApprovedNext(saga);
        await system.Approve(saga, "Charles Babbage");
        await system.Waits(saga, "Completed");

        var charge = (Charge)WhatWasRead.Commands["kept-1/Charge"];
        (charge.Name, charge.Age).ShouldBe((Name, 79m));
        var ship = (Ship)WhatWasRead.Commands["kept-1/Ship"];
        (ship.Name, ship.CardHolder, ship.Approver).ShouldBe((Name, "Holder " + Name, "Charles Babbage"));
        ship.Notes.ShouldBe(["Note of " + Name]);
        var dump = await system.Dump();
        dump.ShouldContain("kept-1");
        dump.ShouldContain("enc:v1:");
        dump.ShouldNotContain(Name);
        dump.ShouldNotContain("Babbage");
        system.Log.ShouldAllBe(line => !line.Contains(Name) && !line.Contains("Babbage"));
    }

    [Test]
    public async Task Should_show_them_masked_and_to_whom_may_see_them_with_a_note()
    {
        var saga = await system.StartOrder("shown-1", "c-2", "Mary Somerville");
        await system.IsApprovedNext(saga);

        var step = (await system.Status(saga)).GetProperty("steps").EnumerateArray().First();
        step.GetProperty("result").GetProperty("cardHolder").GetString().ShouldBe("•••");
        step.GetProperty("result").GetProperty("reference").GetString().ShouldBe("r-1");
        var seen = await system.Reveal(saga);
        seen.GetProperty("forgotten").GetBoolean().ShouldBeFalse();
        Values(seen)
            .ShouldBe([
                "start name \"Mary Somerville\"",
                "start age \"79\"",
                "start notes [\"Note of Mary Somerville\"]",
                "result/charge cardHolder \"Holder Mary Somerville\"",
            ]);
        (await system.Api.GetStringAsync($"/api/v1/operator-actions?subject={saga}&verb=reveal")).ShouldContain("To call back.");
    }

    [Test]
    public async Task Should_know_a_start_again_although_no_encrypted_value_is_the_same_twice()
    {
        var saga = await system.StartOrder("again-1", "c-3", Name);

        (await system.StartOrder("again-1", "c-3", Name)).ShouldBe(saga);
        var other = await system.Try("again-1", "c-3", "Ada Byron");
        other.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await other.Content.ReadAsStringAsync()).ShouldNotContain("Byron");
    }

    [Test]
    public async Task Should_hold_the_plain_value_to_its_limits_and_not_quote_it()
    {
        var answer = await system.Try("long-1", "c-4", new string('x', 41));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("xxx");
        (await system.Try("sealed-1", "c-4", "enc:v1:a:b")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Test]
    public async Task Should_read_what_was_encrypted_before_the_key_was_changed()
    {
        var before = await system.StartOrder("rotated-1", "c-5", Name);
        await system.IsApprovedNext(before);
        system.AddKey("second");
        var after = await system.StartOrder("rotated-2", "c-6", Name);
        await Eventually.True(
            async () =>
                await system.Sandbox.Query<long>("select count(*) from orchestrator.subject_key where wrapping_key <> 'second'") == 0,
            "every key is wrapped by the active key"
        );
        system.RemoveKey("first");
        foreach (var saga in new[] { before, after })
        {
            await system.IsApprovedNext(saga);
            await system.Approve(saga, "Charles Babbage");
            await system.Waits(saga, "Completed");
        }

        ((Ship)WhatWasRead.Commands["rotated-1/Ship"]).Name.ShouldBe(Name);
        ((Ship)WhatWasRead.Commands["rotated-2/Ship"]).Name.ShouldBe(Name);
    }

    [Test]
    public async Task Should_refuse_a_command_that_comes_plain_and_one_that_was_moved()
    {
        var saga = await system.StartOrder("moved-1", "c-7", Name);
        await system.IsApprovedNext(saga);
        await system.StopParticipant("shipping");
        await system.Approve(saga, "Charles Babbage");
        var sent = (await system.Sandbox.WaitFor("shipping"))[^1].Payload;
        var moved = JsonSerializer.Deserialize<JsonElement>(sent);
        var (name, holder) = (Text(moved, "name"), Text(moved, "cardHolder"));
        name.ShouldStartWith("enc:v1:");
        await system.Sandbox.Publish("shipping", Anew(sent, 1).Replace(name, holder, StringComparison.Ordinal));
        await system.Sandbox.Publish("shipping", Anew(sent, 2).Replace(name, "Ada", StringComparison.Ordinal));
        await system.StartParticipant("shipping");

        var letters = await system.Sandbox.WaitFor("shipping.dead-letter", messages: 2);
        letters.Select(letter => letter.Headers["dead-letter-reason"]).ShouldBe(["malformed", "plain"], ignoreOrder: true);
        letters.Single(letter => letter.Headers["dead-letter-reason"] == "plain").Headers["dead-letter-path"].ShouldBe("name");
        letters.ShouldAllBe(letter => !letter.Headers["dead-letter-message"].Contains("Ada"));
        await system.Waits(saga, "Completed");
    }

    // Another message, which no inbox knows.
    private static string Anew(string payload, int number)
    {
        var id = JsonSerializer.Deserialize<JsonElement>(payload).GetProperty("messageId").GetString()!;
        return payload.Replace(id, new Guid(number, 0, 0, [1, 2, 3, 4, 5, 6, 7, 8]).ToString(), StringComparison.Ordinal);
    }

    private static string Text(JsonElement envelope, string member) => envelope.GetProperty("message").GetProperty(member).GetString()!;

    private static IEnumerable<string> Values(JsonElement seen) =>
        seen.GetProperty("values")
            .EnumerateArray()
            .Select(value => $"{value.GetProperty("document")} {value.GetProperty("path")} {value.GetProperty("value").GetRawText()}");
}
