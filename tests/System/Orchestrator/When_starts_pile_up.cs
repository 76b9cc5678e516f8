using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Orchestrator;

/// <summary>The database takes connections but no writes: every start waits for its commit.</summary>
public sealed class When_starts_pile_up
{
    private const int AtOnce = 3;
    private RunningSystem system = null!;

    [OneTimeSetUp]
    public async Task Start() =>
        system = await RunningSystem.Start(settings =>
        {
            settings["Starts:AtOnce"] = AtOnce.ToString(System.Globalization.CultureInfo.InvariantCulture);
            settings["Starts:Patience"] = "00:00:02";
        });

    [OneTimeTearDown]
    public async Task Stop() => await system.DisposeAsync();

    [Test]
    [Property("Rule", "S29")]
    public async Task Should_refuse_what_is_too_much_and_not_keep_the_others_for_ever_and_have_each_started_once()
    {
        var orders = Enumerable.Range(0, AtOnce + 1).Select(_ => Order.Of()).ToArray();
        HttpResponseMessage[] answers;
        await using (var database = system.Sandbox.Database())
        await using (var connection = await database.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await using var hold = connection.CreateCommand();
            hold.CommandText = "lock table orchestrator.saga in access exclusive mode";
            await hold.ExecuteNonQueryAsync();

            answers = await Task.WhenAll(orders.Select(order => system.Api.Post(order)));
        }

        var refused = answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ShouldHaveSingleItem();
        (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString().ShouldBe("/problems/too-many-starts");
        answers.Except([refused]).ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.ServiceUnavailable);
        answers.ShouldAllBe(answer => answer.Headers.RetryAfter != null);

        foreach (var order in orders)
        {
            await system.Api.WaitFor(await system.Api.StartSaga(order), "Completed");
        }

        (await system.Sandbox.Query<long>("select count(*) from orchestrator.saga")).ShouldBe(orders.Length);
    }
}
