using System.Net.Http.Json;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Http;

/// <summary>Operators who decide on what they have seen, and say so with If-Match.</summary>
public sealed class When_a_saga_has_changed_meanwhile
{
    private static readonly ProblemType Changed = ActionProblems.OfCode("saga-changed");
    private RunningSystem system = null!;

    [OneTimeSetUp]
    public async Task Get() => system = await SharedSystem.Get();

    [Test]
    [Property("Rule", "S27")]
    public async Task Should_do_of_actions_on_one_version_one()
    {
        var id = await Parked();
        var seen = await Tag(id);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Skip(id, seen)));
        answers.Select(answer => (int)answer.StatusCode).Order().ShouldBe([200, .. Enumerable.Repeat(412, 7)]);
        await answers.First(answer => (int)answer.StatusCode == 412).ShouldBeProblem(Changed);
    }

    [Test]
    [Property("Rule", "S33")]
    public async Task Should_note_the_refusal_and_act_on_what_is_there_by_then()
    {
        var id = await Parked();
        await (await Skip(id, "\"1\"")).ShouldBeProblem(Changed);
        (
            await system.Sandbox.Query<string>(
                $"select concat_ws(' ', who, verb, code) from orchestrator.operator_action where subject = '{id}'"
            )
        ).ShouldBe("alice skip saga-changed");
        ((int)(await Skip(id, await Tag(id))).StatusCode).ShouldBe(200);
    }

    private async Task<string> Tag(Guid id) => (await system.Api.GetAsync($"/api/v1/sagas/{id}")).Headers.ETag!.ToString();

    private async Task<HttpResponseMessage> Skip(Guid id, string ifMatch)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/sagas/{id}/skip")
        {
            Content = JsonContent.Create(
                new
                {
                    step = "process_payment",
                    by = "alice",
                    reason = "As I have seen it.",
                }
            ),
        };
        request.Headers.Add("If-Match", ifMatch);
        return await system.Api.SendAsync(request);
    }

    private async Task<Guid> Parked() =>
        (await system.Api.Run(Order.Of(quantity: 121, unitPrice: 1, token: "tok_norefund"), "Parked")).GetProperty("id").GetGuid();
}
