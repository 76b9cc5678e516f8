using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Xml.Linq;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Http;

/// <summary>What is told of one saga over REST, by a system that runs.</summary>
public sealed class When_a_saga_is_explained
{
    private RunningSystem system = null!;

    [OneTimeSetUp]
    public async Task Get() => system = await SharedSystem.Get();

    [Test]
    public async Task Should_say_what_leads_a_parked_one_out_and_do_just_that()
    {
        var id = await Parked();
        var explained = await Explain(id);
        explained.GetProperty("sentences")[0].GetString()!.ShouldStartWith("Parked ");
        explained.GetProperty("waitsFor")[0].GetProperty("kind").GetString().ShouldBe("Operator");
        var since = explained.GetProperty("waitsFor")[0].GetProperty("since").GetDateTimeOffset();
        since.ShouldBeLessThanOrEqualTo(explained.GetProperty("now").GetDateTimeOffset());
        explained.GetProperty("compensationError").GetProperty("step").GetString().ShouldBe("process_payment");
        explained.GetProperty("forwardError").GetProperty("step").GetString().ShouldNotBe("process_payment");
        explained
            .GetProperty("ifItFailedNow")
            .GetProperty("steps")
            .EnumerateArray()
            .Select(step => step.GetProperty("step").GetString())
            .ShouldBe(["process_payment", "reserve_inventory"]);

        var moves = explained.GetProperty("moves").EnumerateArray().ToArray();
        Move(moves, "Cancel").GetProperty("code").GetString().ShouldBe("no-change");
        Move(moves, "Skip")
            .GetProperty("sentence")
            .GetString()
            .ShouldBe(
                "Skip of the compensation of process_payment gives the compensation of process_payment up, whose effect may stay, "
                    + "has payments refuse process_payment from now on and has inventory undo reserve_inventory."
            );
        var action = (await system.Api.GetSaga(id))
            .GetProperty("actions")
            .EnumerateArray()
            .Single(one => one.GetProperty("action").GetString() == "Skip");
        var body = new
        {
            step = action.GetProperty("step").GetString(),
            by = "bob",
            reason = "Paid back in cash.",
        };
        (await system.Api.PostAsJsonAsync(action.GetProperty("href").GetString(), body)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var verdict = (await system.Api.WaitFor(id, "Failed")).GetProperty("verdict");
        verdict.GetProperty("kind").GetString().ShouldBe("UndoneExcept");
        verdict.GetProperty("stands")[0].GetProperty("step").GetString().ShouldBe("process_payment");
        verdict.GetProperty("sentence").GetString()!.ShouldContain("(bob: Paid back in cash)");
    }

    [Test]
    public async Task Should_say_how_the_queue_stands_that_holds_the_command()
    {
        var id = await system.Api.StartSaga(Order.Of(token: "tok_timeout"));
        await system.Api.WaitForStep(id, "process_payment", "Reply");
        var wait = (await Explain(id)).GetProperty("waitsFor")[0];
        wait.GetProperty("participant").GetString().ShouldBe("payments");
        wait.GetProperty("ofAttempts").GetInt32().ShouldBeGreaterThanOrEqualTo(wait.GetProperty("attempt").GetInt32());
        var queue = await Eventually.Get(
            async () =>
                (await Explain(id))
                    .GetProperty("waitsFor")
                    .EnumerateArray()
                    .Select(one => one.TryGetProperty("queue", out var queue) ? queue : default)
                    .FirstOrDefault(),
            queue => queue.ValueKind == JsonValueKind.Object && queue.TryGetProperty("consumers", out _),
            "the broker has been asked"
        );
        queue.GetProperty("consumers").GetInt64().ShouldBeGreaterThan(0);
        queue.GetProperty("messages").GetInt64().ShouldBeGreaterThanOrEqualTo(0);
        await system.Api.WaitFor(id, "Failed", "Completed", "Parked");
    }

    [Test]
    public async Task Should_tell_each_steps_participant_times_and_attempts_in_its_status()
    {
        var id = (await system.Api.Run(Order.Of(), "Completed")).GetProperty("id").GetGuid();
        var saga = await system.Api.GetSaga(id);
        var step = saga.Step("process_payment");
        step.GetProperty("participant").GetString().ShouldBe("payments");
        step.GetProperty("ofAttempts").GetInt32().ShouldBeGreaterThanOrEqualTo(step.GetProperty("attempts").GetInt32());
        step.GetProperty("startedAt").GetDateTimeOffset().ShouldBeLessThanOrEqualTo(step.GetProperty("endedAt").GetDateTimeOffset());
        saga.GetProperty("verdict").GetProperty("kind").GetString().ShouldBe("Completed");
        saga.GetProperty("actions").GetArrayLength().ShouldBe(0);
        saga.GetProperty("timers").GetArrayLength().ShouldBe(0);
        saga.GetProperty("traceId").GetString()!.Length.ShouldBe(32);
        (await system.Api.GetAsync(saga.GetProperty("links").GetProperty("explain").GetString())).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await system.Api.GetAsync(saga.GetProperty("links").GetProperty("diagram").GetString())).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [TestCase("plain")]
    [TestCase("a/b%2Fc?d#e&f=g+h i")]
    [TestCase("ʕノ•ᴥ•ʔノ \"<b>\" 100%25")]
    public async Task Should_find_it_by_type_and_business_key(string key)
    {
        var order = Order.Of($"{key} {Order.NewId()}");
        var id = (await system.Api.Run(order, "Completed")).GetProperty("id").GetGuid();
        var path = $"/api/v1/sagas/order-fulfillment/{Uri.EscapeDataString(order["orderId"]!.GetValue<string>())}";
        var answer = await system.Api.GetAsync(path);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid().ShouldBe(id);

        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        (await system.Api.SendAsync(again)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [TestCase("/api/v1/sagas/order-fulfillment/there-is-none")]
    [TestCase("/api/v1/sagas/order-fulfillment/history")]
    [TestCase("/api/v1/sagas/no-such-type/some-key")]
    [TestCase("/api/v1/sagas/6f1c5d1e-0000-4000-8000-000000000001/explain")]
    [TestCase("/api/v1/sagas/6f1c5d1e-0000-4000-8000-000000000001/diagram")]
    public async Task Should_say_that_there_is_none(string path) =>
        await (await system.Api.GetAsync(path)).ShouldBeProblem(ProblemTypes.UnknownSaga);

    [TestCase(null, "image/svg+xml", "image/svg+xml")]
    [TestCase(null, "text/vnd.mermaid", "text/vnd.mermaid")]
    [TestCase(null, "image/svg+xml;q=0.5, text/*", "text/vnd.mermaid")]
    [TestCase(null, "*/*", "image/svg+xml")]
    [TestCase(null, null, "image/svg+xml")]
    [TestCase("mermaid", "*/*", "text/vnd.mermaid")]
    [TestCase("svg", "text/vnd.mermaid", "image/svg+xml")]
    public async Task Should_draw_it_in_the_form_that_is_asked_for(string? format, string? accept, string form)
    {
        var id = (await system.Api.Run(Order.Of(), "Completed")).GetProperty("id").GetGuid();
        var answer = await Draw(id, format, accept);
        (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType).ShouldBe((HttpStatusCode.OK, form));
        var drawn = await answer.Content.ReadAsStringAsync();
        drawn.ShouldContain("process_payment");
        if (form == "image/svg+xml")
        {
            XDocument.Parse(drawn).Root!.Name.LocalName.ShouldBe("svg");
            answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'none'");
        }
        else
        {
            drawn.ShouldContain("flowchart LR");
        }
    }

    [Test]
    public async Task Should_refuse_another_form()
    {
        await (await Draw(Guid.NewGuid(), null, "application/json")).ShouldBeProblem(ProblemTypes.NotAcceptable);
        var problem = await (await Draw(Guid.NewGuid(), "png", null)).ShouldBeProblem(ProblemTypes.InvalidRequest);
        problem.ErrorPaths().ShouldBe(["format"]);
    }

    [Test]
    public async Task Should_say_of_each_entry_of_the_history_what_it_came_of()
    {
        var id = await Parked();
        await system.Api.Operate(
            id,
            "skip",
            new
            {
                step = "process_payment",
                by = "bob",
                reason = "Paid back in cash.",
            }
        );
        await system.Api.WaitFor(id, "Failed");
        var causes = (await system.Api.History(id)).ToLookup(
            entry => entry.GetProperty("type").GetString()!,
            entry =>
                (
                    Kind: entry.GetProperty("cause").GetProperty("kind").GetString(),
                    By: entry.GetProperty("cause").TryGetProperty("by", out var by) ? by.GetString() : null
                )
        );
        causes["saga_started"].ShouldBe([("Start", null)]);
        causes["step_completed"].ShouldContain(("Reply", "payments"));
        causes["operator_skipped"].ShouldBe([("Operator", "bob")]);
        causes["compensation_retried"].ShouldAllBe(cause => cause.Kind == "Timer");
        causes["step_started"].First().ShouldBe(("Begin", null));
    }

    private static JsonElement Move(JsonElement[] moves, string kind) => moves.First(move => move.GetProperty("kind").GetString() == kind);

    private async Task<JsonElement> Explain(Guid id) => await system.Api.GetFromJsonAsync<JsonElement>($"/api/v1/sagas/{id}/explain");

    private async Task<HttpResponseMessage> Draw(Guid id, string? format, string? accept)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            $"/api/v1/sagas/{id}/diagram{(format is null ? string.Empty : "?format=" + format)}"
        );
        if (accept is not null)
        {
            request.Headers.Accept.ParseAdd(accept);
        }

        return await system.Api.SendAsync(request);
    }

    private async Task<Guid> Parked() =>
        (await system.Api.Run(Order.Of(quantity: 121, unitPrice: 1, token: "tok_norefund"), "Parked")).GetProperty("id").GetGuid();
}
