using System.Net.Http.Json;
using SagaOrchestrator.Benchmarks.Workload;

namespace SagaOrchestrator.Benchmarks.Driving;

/// <summary>Starts sagas over REST, with a key where the system asks for one.</summary>
internal sealed class RestStarter : IDisposable
{
    // As many as a busy client would keep open.
    private const int Connections = 64;

    private readonly SystemUnderTest system;
    private readonly HttpClient http;

    public RestStarter(SystemUnderTest system, Uri api)
    {
        this.system = system;
        http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Connections }) { BaseAddress = api };
        if (system.IsSecured)
        {
            http.DefaultRequestHeaders.Add("X-Api-Key", ApiKey.Value);
        }
    }

    public async Task Start(Order order)
    {
        using var answer = await http.PostAsJsonAsync("api/v1/sagas/benchmark", system.Data(order));
        if (!answer.IsSuccessStatusCode)
        {
            throw new BenchmarkFailure(
                $"{system.Name}: a start is answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}"
            );
        }
    }

    public void Dispose() => http.Dispose();
}
