using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Client.Tests;

/// <summary>Nobody listens, then a proxy has no server, then the orchestrator asks for a moment.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class When_the_orchestrator_is_restarted
{
    private readonly int port = FreePort.Find();
    private readonly Answers answers = new();
    private readonly List<WebApplication> doors = [];

    [TearDown]
    public async Task Close()
    {
        foreach (var door in doors)
        {
            await door.DisposeAsync();
        }
    }

    [Test]
    public async Task Should_wait_through_closed_doors_and_refusals_for_the_end()
    {
        var id = (await Caller().Start("order-fulfillment", Order())).Saga.Id;
        var waiting = Impatient().WaitForEnd(id);
        await Answered(null, waiting);
        var proxy = await Open(StatusCodes.Status502BadGateway);
        await Answered(HttpStatusCode.BadGateway, waiting);
        await proxy.DisposeAsync();
        var starting = await Open(StatusCodes.Status503ServiceUnavailable, "0");
        await Answered(HttpStatusCode.ServiceUnavailable, waiting);
        await starting.DisposeAsync();
        await using var line = CutLine.To(Running.Api.BaseAddress!.Port, port);
        (await waiting).IsCompleted.ShouldBeTrue();
    }

    [Test]
    public async Task Should_say_what_it_saw_last_when_its_caller_gives_up()
    {
        using var enough = new CancellationTokenSource();
        await Open(StatusCodes.Status503ServiceUnavailable, "0");
        var waiting = Impatient().WaitForEnd(Guid.NewGuid(), enough.Token);
        await Answered(HttpStatusCode.ServiceUnavailable, waiting);
        await enough.CancelAsync();
        var ended = await Ended(waiting);
        ended.Message.ShouldContain("answered 503");
        ended.InnerException.ShouldBeOfType<SagaClientException>().Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        ended.CancellationToken.ShouldBe(enough.Token);
    }

    [Test]
    public async Task Should_say_where_the_saga_stood_when_its_caller_gives_up()
    {
        using var enough = new CancellationTokenSource();
        var id = (await Caller().Start("business-order", SagaOrchestrator.Tests.Servers.Order.Business(unitPrice: 600))).Saga.Id;
        await foreach (var entry in Caller().Follow(id))
        {
            if (entry.Type == "signal_awaited")
            {
                break;
            }
        }

        var waiting = Impatient(Running.Api.BaseAddress).WaitForEnd(id, enough.Token);
        await Answered(HttpStatusCode.OK, waiting);
        await enough.CancelAsync();
        (await Ended(waiting)).Message.ShouldContain(id.ToString());
    }

    [TestCase("3600")]
    [TestCase("Sun, 06 Nov 2044 08:49:37 GMT")]
    public async Task Should_not_come_before_it_is_asked_to(string retryAfter)
    {
        await Open(StatusCodes.Status503ServiceUnavailable, retryAfter);
        await Should.ThrowAsync<SagaClientException>(() => Impatient(patience: TimeSpan.FromSeconds(2)).Find(Guid.NewGuid()));
        answers.Count(HttpStatusCode.ServiceUnavailable).ShouldBe(1);
    }

    private SagaClient Impatient(Uri? address = null, TimeSpan patience = default) =>
        new ServiceCollection()
            .AddSagaClient(options =>
            {
                options.Address = address ?? new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
                options.Patience = patience;
            })
            .AddHttpMessageHandler(() => new Noting(answers))
            .Services.BuildServiceProvider()
            .GetRequiredService<SagaClient>();

    // A task that is cancelled shows its exception only to whoever awaits it.
    private static async Task<OperationCanceledException> Ended(Task waiting)
    {
        try
        {
            await waiting;
            throw new AssertionException("It has not ended so.");
        }
        catch (OperationCanceledException ended)
        {
            return ended;
        }
    }

    // Twice: it has come back after the first.
    private Task Answered(HttpStatusCode? status, Task waiting) =>
        Eventually.True(
            () =>
            {
                waiting.IsFaulted.ShouldBeFalse(waiting.Exception?.Message);
                return Task.FromResult(answers.Count(status) >= (status == HttpStatusCode.OK ? 1 : 2));
            },
            $"it was answered {status?.ToString() ?? "nothing"}"
        );

    private async Task<WebApplication> Open(int status, string? retryAfter = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var door = builder.Build();
        door.Run(http =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.RetryAfter = retryAfter;
            return Task.CompletedTask;
        });
        await door.StartAsync();
        doors.Add(door);
        return door;
    }

    /// <summary>What the client was answered, with null for what was no answer.</summary>
    private sealed class Answers
    {
        private readonly List<HttpStatusCode?> all = [];

        public void Add(HttpStatusCode? status)
        {
            lock (all)
            {
                all.Add(status);
            }
        }

        public int Count(HttpStatusCode? status)
        {
            lock (all)
            {
                return all.Count(answer => answer == status);
            }
        }
    }

    private sealed class Noting(Answers answers) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpStatusCode? status = null;
            try
            {
                var answer = await base.SendAsync(request, cancellationToken);
                status = answer.StatusCode;
                return answer;
            }
            finally
            {
                answers.Add(status);
            }
        }
    }
}
