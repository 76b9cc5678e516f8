using System.Net.Http.Json;
using System.Text.Json;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Bulk;

/// <summary>Sagas whose refund the gateway refuses, until it is mended. They share the beginning of their business keys.</summary>
internal sealed class ParkedSagas
{
    private static int count;

    private readonly HttpClient api;
    private readonly Sandbox sandbox;

    private ParkedSagas(HttpClient api, Sandbox sandbox, string prefix) => (this.api, this.sandbox, Prefix) = (api, sandbox, prefix);

    public string Prefix { get; }

    public IReadOnlyList<Guid> Ids { get; private set; } = [];

    public static async Task<ParkedSagas> Of(HttpClient api, Sandbox sandbox, int number)
    {
        var sagas = new ParkedSagas(api, sandbox, $"bulk-{Environment.ProcessId}-{Interlocked.Increment(ref count)}-");
        sagas.Ids = await Task.WhenAll(Enumerable.Range(1, number).Select(index => sagas.Park(index)));
        await sagas.AreListed(number);
        return sagas;
    }

    /// <summary>From now on the gateway takes the refunds.</summary>
    public Task Mend() =>
        sandbox.Execute(
            $"update payments.gateway_charge set token = 'tok_visa' where idempotency_key in "
                + $"({string.Join(", ", Ids.Select(id => $"'{id}'"))})"
        );

    /// <summary>An order of this kind that goes through.</summary>
    public async Task<Guid> Complete() => (await api.Run(Order.Of(id: Prefix + "completed"), "Completed")).GetProperty("id").GetGuid();

    public async Task AreListed(int number) =>
        await Eventually.True(
            async () =>
                (await api.GetFromJsonAsync<JsonElement>($"/api/v1/sagas?state=Parked&keyPrefix={Prefix}&limit=500"))
                    .GetProperty("items")
                    .GetArrayLength() == number,
            $"{number} parked sagas are in the list"
        );

    private async Task<Guid> Park(int index)
    {
        var order = Order.Of(id: Prefix + index, quantity: 1, unitPrice: 1, token: "tok_norefund", street: null);
        return (await api.Run(order, "Parked")).GetProperty("id").GetGuid();
    }
}
