using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Messaging.Settings;
using SagaOrchestrator.Sensitive.Keys;

namespace SagaOrchestrator.Participants.Sensitive;

/// <summary>Asks the orchestrator's API for the wrapped keys of subjects.</summary>
public sealed class OrchestratorKeys : IWrappedKeys, IDisposable
{
    private const string Section = "Sensitive";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient http;

    /// <param name="address">The address of the API, for example <c>https://sagas.example.com</c>.</param>
    /// <param name="apiKey">A key with the role <c>keys</c>, as <c>NAME.SECRET</c>; null where the API asks for none.</param>
    public OrchestratorKeys(Uri address, string? apiKey)
    {
        ArgumentNullException.ThrowIfNull(address);
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            BaseAddress = new Uri(address.AbsoluteUri.TrimEnd('/') + "/"),
            Timeout = Patience,
        };
        if (apiKey is not null)
        {
            http.DefaultRequestHeaders.Add("X-Api-Key", apiKey);
        }
    }

    /// <inheritdoc/>
    public async Task<WrappedDataKey?> Find(string id, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync($"api/v1/subject-keys/{Uri.EscapeDataString(id)}", cancellationToken);
            return answer.StatusCode == HttpStatusCode.OK
                ? KeyOf(JsonElement.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken)), id)
                : throw new TransientException(
                    $"The API at {http.BaseAddress} answers {(int)answer.StatusCode} when it is asked for the key of a subject. Check "
                        + $"{Section}:Orchestrator, and that the key in {Section}:ApiKey has the role 'keys'."
                );
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or JsonException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new TransientException(
                $"The API at {http.BaseAddress} cannot be asked for the key of a subject: {exception.Message} Check "
                    + $"{Section}:Orchestrator, and that the orchestrator is up.",
                exception
            );
        }
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    /// <summary>Reads <c>Sensitive:Orchestrator</c> and <c>Sensitive:ApiKey</c>; null when there is no address.</summary>
    internal static OrchestratorKeys? Read(IConfiguration configuration)
    {
        var section = configuration.WithSecretFiles().GetSection(Section);
        return section["Orchestrator"] is not { Length: > 0 } address ? null
            : Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
                ? new OrchestratorKeys(uri, section["ApiKey"])
            : throw new InvalidSettingException(
                $"{Section}:Orchestrator",
                "is no address of an API. Set, for example, Sensitive__Orchestrator=https://sagas.example.com."
            );
    }

    private static WrappedDataKey? KeyOf(JsonElement answer, string id) =>
        answer.TryGetProperty("wrapped", out var wrapped) && wrapped.ValueKind == JsonValueKind.String
            ? new WrappedDataKey(id, answer.GetProperty("wrappingKey").GetString()!, wrapped.GetBytesFromBase64())
            : null;
}
