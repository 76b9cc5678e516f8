using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Client.Tests;

public sealed class When_the_orchestrator_does_not_answer
{
    [Test]
    public async Task Should_start_the_saga_once_it_is_back()
    {
        await using var line = CutLine.To(Running.Api.BaseAddress!.Port);
        line.Refuse();
        var client = Caller(options => options.Address = new Uri($"http://127.0.0.1:{line.Port}"));
        var starting = client.Start("order-fulfillment", Order());
        await Eventually.True(() => Task.FromResult(line.Refused > 2), "it has tried several times");
        line.Mend();
        (await client.WaitForEnd((await starting).Saga.Id)).IsCompleted.ShouldBeTrue();
    }

    [Test]
    public async Task Should_start_it_once_although_the_answer_is_lost()
    {
        await using var line = CutLine.To(Running.Api.BaseAddress!.Port);
        var client = Caller(options => options.Address = new Uri($"http://127.0.0.1:{line.Port}"));
        var order = Order();
        line.SwallowAnswers();
        var starting = client.Start("order-fulfillment", order);
        await Eventually.True(
            async () => (await Running.Api.GetAsync($"/api/v1/sagas/order-fulfillment/{order.OrderId}")).IsSuccessStatusCode,
            "the saga is there, and nobody has heard of it"
        );
        line.Mend();
        line.Cut();
        (await starting).IsNew.ShouldBeFalse();
    }

    [Test]
    public async Task Should_say_so_when_its_patience_ends()
    {
        var client = Caller(options =>
        {
            options.Address = new Uri("http://127.0.0.1:1");
            options.Patience = TimeSpan.Zero;
        });
        var failure = await Should.ThrowAsync<SagaClientException>(() => client.Find(Guid.NewGuid()));
        failure.Message.ShouldContain("http://127.0.0.1:1/");
        failure.IsTransient.ShouldBeTrue();
    }

    [TestCase("/relative", "Address")]
    [TestCase(null, "Address")]
    public void Should_refuse_a_wrong_setting_at_once(string? address, string named) =>
        Should
            .Throw<ArgumentException>(() =>
                Caller(options => options.Address = address is null ? null : new Uri(address, UriKind.Relative))
            )
            .Message.ShouldContain(named);
}
