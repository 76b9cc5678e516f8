using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Tests.DeadLetters;
using SagaOrchestrator.Tests.Servers;
using SagaOrchestrator.Tests.Webhooks;

namespace SagaOrchestrator.Tests.Description;

/// <summary>
/// A client that is made of the description alone: it calls every operation with the example that stands there, and holds each answer to
/// the schema that stands there. The fixture only sees to it that there is something to act on.
/// </summary>
public sealed class When_a_client_follows_the_description
{
    private RunningSystem system = null!;
    private ApiDocument document = null!;
    private Guid ended;

    [OneTimeSetUp]
    public async Task Start()
    {
        system = await RunningSystem.Start(settings =>
        {
            settings["OrderFulfillment:FirstRetryDelay"] = "00:00:00.200";
            settings["OrderFulfillment:CompensationAttempts"] = "2";
            settings["BusinessOrders:ApprovalFrom"] = "1000";
        });
        document = await ApiDocument.Read(system.Api);
    }

    [OneTimeTearDown]
    public async Task Stop() => await system.DisposeAsync();

    [Test]
    public async Task Should_get_from_every_operation_what_is_described()
    {
        document.Operations.Count.ShouldBeGreaterThan(35);
        var complaints = new List<string>();
        foreach (var operation in document.Operations)
        {
            using var answer = await Call(operation, await Path(operation), await Body(operation));
            // A host whose plans have no marks keeps no key of anybody.
            var isThere = answer.IsSuccessStatusCode || (operation.Id == "getSubjectKey" && answer.StatusCode == HttpStatusCode.NotFound);
            var complaint = isThere
                ? await document.Complaint(operation, answer)
                : $"status {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}";
            if (complaint is not null)
            {
                complaints.Add($"{operation}: {complaint}");
            }
        }

        complaints.ShouldBeEmpty();
    }

    // One at a time: each alone is a request that the description allows, and the bounds are where it says.
    [Test]
    public async Task Should_find_each_query_parameter_taken_as_it_is_described_and_no_further()
    {
        var complaints = new List<string>();
        foreach (var operation in document.Operations.Where(operation => operation.Method == "GET"))
        {
            var path = (await Path(operation)).Split('?')[0];
            foreach (var parameter in operation.Parameters("query"))
            {
                var (right, wrong) = ParameterValues.Of(parameter);
                await Expect(200, right is null ? await Special(operation, parameter, path) : right);
                await Expect(400, wrong);

                async Task Expect(int status, string? value)
                {
                    if (value is null)
                    {
                        return;
                    }

                    var query = $"{path}?{(string)parameter["name"]!}={Uri.EscapeDataString(value)}";
                    using var answer = await Call(operation, query, null);
                    var complaint = await document.Complaint(operation, answer);
                    if ((int)answer.StatusCode != status || complaint is not null)
                    {
                        complaints.Add($"{operation} {query}: {(int)answer.StatusCode}, and not {status}. {complaint}");
                    }
                }
            }
        }

        complaints.ShouldBeEmpty();
    }

    [Test]
    public async Task Should_get_for_what_is_wrong_a_problem_that_is_described()
    {
        var complaints = new List<string>();
        foreach (var operation in document.Operations)
        {
            var query = operation.Method == "GET" ? "?nothing=1" : string.Empty;
            using var answer = await Call(operation, await Path(operation, isKnown: false) + query, []);
            ((int)answer.StatusCode).ShouldBe(400, operation.ToString());
            if (await document.Complaint(operation, answer) is { } complaint)
            {
                complaints.Add($"{operation}: {complaint}");
            }
        }

        complaints.ShouldBeEmpty();
    }

    private Task<HttpResponseMessage> Call(ApiOperation operation, string path, JsonObject? body) =>
        system.Api.SendAsync(
            new HttpRequestMessage(new HttpMethod(operation.Method), path)
            {
                Content = operation.Method == "POST" ? JsonContent.Create(body) : null,
            },
            // Streams do not end.
            path.Contains("/events", StringComparison.Ordinal)
                ? HttpCompletionOption.ResponseHeadersRead
                : HttpCompletionOption.ResponseContentRead
        );

    private async Task<string> Path(ApiOperation operation, bool isKnown = true)
    {
        var path = operation.Path;
        foreach (var parameter in operation.Parameters("path").Select(parameter => (string)parameter["name"]!))
        {
            var value = parameter switch
            {
                "id" => (isKnown ? await Id(operation) : Guid.NewGuid()).ToString(),
                "businessKey" => isKnown ? (await system.Api.GetSaga(await Ended())).GetProperty("businessKey").GetString()! : "nobody's",
                "name" => "payments",
                "type" when operation.Id == "getPlanDocument" && isKnown => await Registered(),
                "type" => "order-fulfillment",
                "code" => "unknown-saga",
                "format" => "asyncapi",
                "subject" or "key" => "nobody",
                "version" or "number" => "1",
                _ => throw new AssertionException($"The path parameter {parameter} of {operation} is new. Say here what it can be."),
            };
            path = path.Replace($"{{{parameter}}}", Uri.EscapeDataString(value), StringComparison.Ordinal);
        }

        // The first version has none before it.
        if (operation.Id == "comparePlans" && isKnown)
        {
            path += "?from=1";
        }

        return path.Contains("/sagas/business-order/", StringComparison.Ordinal) && isKnown
            ? $"/api/v1/sagas/business-order/{Uri.EscapeDataString((await system.Api.GetSaga(await Approvable())).GetProperty("businessKey").GetString()!)}"
            : path;
    }

    private async Task<Guid> Id(ApiOperation operation) =>
        operation switch
        {
            { Id: "retryStep" or "skipCompensation" or "resolveStep" } => await Parked(),
            { Id: "cancelSaga" or "signalSaga" or "pauseSaga" or "extendDeadline" } => await Approvable(),
            { Id: "resumeSaga" } => await Paused(),
            { Id: "resumeBulkJob" } => await Job(isPaused: true),
            { Path: var path } when path.StartsWith("/api/v1/bulk-jobs", StringComparison.Ordinal) => await Job(isPaused: false),
            { Path: var path } when path.StartsWith("/api/v1/dead-letters", StringComparison.Ordinal) => await Letter(),
            { Path: var path } when path.StartsWith("/api/v1/webhooks", StringComparison.Ordinal) => await Webhook(),
            _ => await Ended(),
        };

    // One of its own for each, because one of the operations deletes it. It has a delivery: the ping.
    private async Task<Guid> Webhook()
    {
        await system.Sandbox.Execute("delete from orchestrator.webhook");
        var (id, _) = await system.Api.Hook("https://shop.example/hooks");
        await system.Api.Change($"{WebhookClient.Path}/{id}/test");
        return id;
    }

    private async Task<string> Registered()
    {
        var register = document.Operations.Single(one => one.Id == "registerPlanDocument");
        using var answer = await Call(register, register.Path, register.Example);
        answer.IsSuccessStatusCode.ShouldBeTrue();
        return "parcel";
    }

    private static Task<JsonObject?> Body(ApiOperation operation)
    {
        var body = operation.Example;
        if (body?["orderId"] is not null)
        {
            body["orderId"] = Order.NewId();
        }

        if (operation.Id == "extendDeadline")
        {
            body!["step"] = "await_approval";
        }

        return Task.FromResult(body);
    }

    // What no schema can tell: a cursor, and the id of something that is there.
    private async Task<string?> Special(ApiOperation operation, JsonObject parameter, string path) =>
        (string)parameter["name"]! switch
        {
            "cursor" => (string?)(await system.Api.GetFromJsonAsync<JsonObject>(path + "?limit=1"))!["next"],
            "after" => (await Job(isPaused: false)).ToString(),
            "fields" => "id,links",
            var name => throw new AssertionException(
                $"The parameter {name} of {operation} has no example. Give it a form, or say here what it can be."
            ),
        };

    private async Task<Guid> Ended()
    {
        ended = ended == default ? (await system.Api.Run(Order.Of(), "Completed")).GetProperty("id").GetGuid() : ended;
        return ended;
    }

    private async Task<Guid> Parked() =>
        (await system.Api.Run(Order.Of(quantity: 1, unitPrice: 1, token: "tok_norefund", street: null), "Parked"))
            .GetProperty("id")
            .GetGuid();

    private async Task<Guid> Paused()
    {
        var id = await Approvable();
        await system.Api.Operate(id, "pause", new { by = "test", reason = "To be resumed." });
        return id;
    }

    private async Task<Guid> Approvable()
    {
        var id = await system.Api.StartSaga(Order.Business(quantity: 1, unitPrice: 2000), "business-order");
        await system.Api.WaitForStep(id, "await_approval", "Signal");
        return id;
    }

    private async Task<Guid> Letter()
    {
        var before = (await system.Api.Letters("limit=500")).Count;
        await system.Sandbox.Publish("inventory", "{ is no JSON");
        return (await system.Api.WaitForLetters(before + 1, "limit=500"))[0].Id();
    }

    // It has done one item, and waits to see what comes of it.
    private async Task<Guid> Job(bool isPaused)
    {
        await Parked();
        await Parked();
        var answer = await system.Api.PostAsJsonAsync(
            "/api/v1/bulk-jobs",
            new
            {
                verb = "retry",
                filter = new { state = "Parked" },
                by = "alice",
                reason = "To see it.",
                ramp = new[] { 1 },
                settle = "10m",
            }
        );
        var job = await answer.Content.ReadFromJsonAsync<JsonObject>();
        var id = Guid.Parse((string)job!["id"]!);
        if (isPaused)
        {
            (
                await system.Api.PostAsJsonAsync($"/api/v1/bulk-jobs/{id}/pause", new { by = "alice", reason = "Wait." })
            ).EnsureSuccessStatusCode();
        }

        return id;
    }
}
