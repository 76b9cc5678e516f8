using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.PlanDocuments;

/// <summary>Sagas without a deploy and without C#: a plan comes over REST, and runs with participants that were there before.</summary>
public sealed class When_a_plan_is_registered_as_a_document
{
    private const string Document = """
        plan: gift
        version: 1
        data:
          type: object
          required: [giftId, customer, amount]
          properties:
            giftId: { type: string, format: key, maxLength: 50 }
            customer: { type: string, minLength: 1, maxLength: 50 }
            amount: { type: string, format: decimal, minimum: 0, decimals: 2 }
            token: { type: string, minLength: 1, maxLength: 50 }
        key: /data/giftId
        columns:
          customer: { from: /data/customer, indexed: true }
          total: { from: /data/amount, indexed: true }
        example: { giftId: G-1, customer: ann, amount: "10" }
        steps:
          - name: take_money
            at: payments
            command: SagaOrchestrator.Messages.Orders.Payments:ProcessPayment
            input:
              orderId: { from: /data/giftId }
              customerId: { from: /data/customer }
              amount: { cel: data.amount + 1.50 }
              currency: EUR
              paymentToken: { cel: "has(data.token) ? data.token : 'tok_visa'" }
            result:
              type: object
              required: [paymentId]
              properties: { paymentId: { type: string } }
            within: 20s
            undo:
              command: SagaOrchestrator.Messages.Orders.Payments:RefundPayment
              input: { orderId: { from: /data/giftId }, customerId: { from: /data/customer } }
          - name: tell
            at: notifications
            kind: pivot
            if: data.amount > 5
            command: SagaOrchestrator.Messages.Orders.Notifications:SendOrderConfirmation
            input:
              orderId: { from: /data/giftId }
              customerId: { from: /data/customer }
              trackingNumber: { from: /results/take_money/paymentId }
            within: 20s
        """;

    private RunningSystem system = null!;

    [OneTimeSetUp]
    public async Task Start() => system = await RunningSystem.Start();

    [OneTimeTearDown]
    public async Task Stop() => await system.DisposeAsync();

    [Test]
    [Property("Rule", "S32")]
    public async Task Should_run_its_sagas_at_every_node_and_keep_each_on_its_version()
    {
        (await Register(Document)).Status.ShouldBe(HttpStatusCode.Created);
        var completed = await system.Api.WaitFor(await Gift("G-1", 10.5m), "Completed");
        completed.Step("tell").GetProperty("state").GetString().ShouldBe("Completed");
        (await system.Sandbox.Query<decimal>("select sum(amount) from payments.ledger_entry")).ShouldBe(12m);
        (await system.Api.WaitFor(await Gift("G-2", 2m), "Completed")).Step("tell").GetProperty("state").GetString().ShouldBe("Skipped");

        await using var other = await RunningSystem.Start(sandbox: system.Sandbox);
        (await other.Api.GetAsync("/api/v1/plans/gift/1")).StatusCode.ShouldBe(HttpStatusCode.OK, "it was there when it started");
        (await Register(Document.Replace("version: 1", "version: 2").Replace("1.50", "2"))).Status.ShouldBe(HttpStatusCode.Created);
        await Eventually.True(
            async () => (await other.Api.GetFromJsonAsync<JsonElement>("/api/v1/plans/gift/2")).GetProperty("isHere").GetBoolean(),
            "the other node has version 2"
        );
        await system.Api.WaitFor(await Gift("G-3", 20m), "Completed");
        (
            await system.Sandbox.Query<string>(
                "select string_agg(business_key || ':' || plan_version, ' ' order by business_key) from orchestrator.saga where type = 'gift'"
            )
        ).ShouldBe("G-1:1 G-2:1 G-3:2");
    }

    [Test]
    public async Task Should_undo_what_was_done_when_a_step_is_rejected()
    {
        (await Register(Document.Replace("plan: gift", "plan: refused-gift"))).Status.ShouldBe(HttpStatusCode.Created);
        var id = await system.Api.StartSaga(
            JsonNode.Parse("""{"giftId":"R-1","customer":"ann","amount":7,"token":"tok_declined"}""")!,
            "refused-gift"
        );
        (await system.Api.WaitFor(id, "Failed")).Step("take_money").GetProperty("state").GetString().ShouldBe("Rejected");
    }

    [Test]
    [Property("Rule", "S29")]
    public async Task Should_start_by_message_as_over_REST()
    {
        (await Register(Document.Replace("plan: gift", "plan: posted"))).Status.ShouldBe(HttpStatusCode.Created);
        await Post("posted", Data("M-1", 10.5m));
        await Post("posted", Data("M-1", 10.5m));
        await Post("posted", Data("M-1", 11m));
        await Post("posted", Data("M-2", -1m));
        await Post("nowhere", Data("M-3", 1m));
        var letters = await system.Sandbox.WaitFor("orchestrator.dead-letter", 3);
        letters
            .Select(letter => letter.Headers["dead-letter-reason"])
            .Order(StringComparer.Ordinal)
            .ShouldBe(["conflict", "invalid", "orphan"]);
        letters.Single(letter => letter.Headers["dead-letter-reason"] == "invalid").Headers["dead-letter-path"].ShouldBe("amount");
        letters.Single(letter => letter.Headers["dead-letter-reason"] == "orphan").Headers["dead-letter-message"].ShouldContain("posted");
        var id = await system.Api.StartSaga(Data("M-1", 10.5m), "posted");
        await system.Api.WaitFor(id, "Completed");
        (await system.Api.HistoryTypes(id)).Count(type => type == "saga_started").ShouldBe(1);
        (await system.Sandbox.Query<long>("select count(*) from orchestrator.saga where type = 'posted'")).ShouldBe(1);
    }

    [Test]
    public async Task Should_change_nothing_the_second_time_and_be_in_the_operators_log_once()
    {
        var document = Document.Replace("plan: gift", "plan: twice");
        (await Register(document)).Status.ShouldBe(HttpStatusCode.Created);
        (await Register("# The same.\n" + document)).Status.ShouldBe(HttpStatusCode.OK);
        var (status, changed) = await Register(document.Replace("EUR", "USD"));
        status.ShouldBe(HttpStatusCode.Conflict);
        changed.GetProperty("type").GetString()!.ShouldEndWith("/plan-document-changed");
        var log = await system.Api.GetFromJsonAsync<JsonElement>("/api/v1/operator-actions?kind=plan&subject=twice/1");
        var entry = log.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        entry.GetProperty("by").GetString().ShouldBe("ann");
        entry.GetProperty("verb").GetString().ShouldBe("register");
        var kept = await system.Api.GetFromJsonAsync<JsonElement>("/api/v1/plan-documents/twice/1");
        kept.GetProperty("document").GetString().ShouldBe(document);
        var edit = () => system.Sandbox.Execute("update orchestrator.plan_document set document = 'x'");
        (await Should.ThrowAsync<Npgsql.PostgresException>(edit)).Message.ShouldContain("does not change");
    }

    [Test]
    public async Task Should_be_refused_with_line_path_and_rule()
    {
        var (status, problem) = await Register(Document.Replace("plan: gift", "plan: wrong").Replace("/data/giftId }", "/data/gift }"));
        status.ShouldBe(HttpStatusCode.BadRequest);
        problem.GetProperty("type").GetString()!.ShouldEndWith("/plan-document-invalid");
        var finding = problem.GetProperty("findings")[0];
        finding.GetProperty("rule").GetString().ShouldBe("pointer");
        finding.GetProperty("path").GetString().ShouldBe("/steps/0/input/orderId/from");
        finding.GetProperty("line").GetInt32().ShouldBe(21);
        (await Register(Document.Replace("plan: gift", "plan: order-fulfillment"))).Status.ShouldBe(HttpStatusCode.Conflict);
        (
            await Register(
                Document.Replace("plan: gift", "plan: column").Replace("total: { from: /data/amount", "total: { from: /data/customer")
            )
        )
            .Body.GetProperty("detail")
            .GetString()!
            .ShouldContain("The column 'total' is a");
        (await system.Api.GetAsync("/api/v1/plan-documents/wrong/1")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Test]
    public async Task Should_be_in_the_contract_and_in_the_description()
    {
        string[] formats = ["asyncapi", "jsonschema", "examples"];
        foreach (var format in formats)
        {
            (await system.Api.GetStringAsync($"/api/v1/contract/{format}")).ShouldNotContain("told.v1");
        }

        (await system.Api.GetStringAsync("/openapi/v1.json")).ShouldNotContain("/api/v1/sagas/told");
        (await Register(Document.Replace("plan: gift", "plan: told"))).Status.ShouldBe(HttpStatusCode.Created);
        foreach (var format in formats)
        {
            (await system.Api.GetStringAsync($"/api/v1/contract/{format}")).ShouldContain("told.v1.take_money");
        }

        (await system.Api.GetStringAsync("/openapi/v1.json")).ShouldContain("/api/v1/sagas/told");
        (await system.Api.GetStringAsync("/api/v1/plans/told/1/diagram?format=mermaid")).ShouldContain("take_money");
    }

    [Test]
    public async Task Should_park_a_saga_whose_expression_has_no_value()
    {
        var document = Document
            .Replace("plan: gift", "plan: sum")
            .Replace("amount: { cel: data.amount + 1.50 }", "amount: { cel: data.amount / (data.amount - 10.5) }")
            .Replace("amount: \"10\"", "amount: \"11\"");
        (await Register(document)).Status.ShouldBe(HttpStatusCode.Created);
        var id = await system.Api.StartSaga(Data("S-1", 10.5m), "sum");
        await system.Api.WaitFor(id, "Parked");
        (await system.Api.History(id)).ShouldContain(entry =>
            entry.ToString().Contains("plan_failed") && entry.ToString().Contains("division")
        );
        (await system.Api.Operate(id, "cancel", new { by = "test", reason = "The test is over." })).Status.ShouldBe(200);
    }

    private Task Post(string type, JsonObject data) =>
        system.Sandbox.Publish(
            "orchestrator",
            Envelope.Of("SagaOrchestrator.Messages:StartSaga", new JsonObject { ["sagaType"] = type, ["data"] = data })
        );

    private Task<Guid> Gift(string id, decimal amount) => system.Api.StartSaga(Data(id, amount), "gift");

    private static JsonObject Data(string id, decimal amount) =>
        new()
        {
            ["giftId"] = id,
            ["customer"] = "ann",
            ["amount"] = amount,
        };

    private async Task<(HttpStatusCode Status, JsonElement Body)> Register(string document)
    {
        var answer = await system.Api.PostAsJsonAsync(
            "/api/v1/plan-documents",
            new
            {
                document,
                by = "ann",
                reason = "A new saga.",
            }
        );
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }
}
