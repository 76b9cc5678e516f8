using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Webhooks;

/// <summary>Somebody's server that takes deliveries, on a port that it keeps when it is stopped and started again.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<Received> all = new();
    private readonly int port = FreePort.Find();
    private WebApplication? application;

    private Receiver(Func<Received, HttpContext, Task<int>>? answer) => Answer = answer ?? ((_, _) => Task.FromResult(204));

    /// <summary>What it answers: a status.</summary>
    public Func<Received, HttpContext, Task<int>> Answer { get; set; }

    public string Url => $"http://127.0.0.1:{port}/hooks";

    /// <summary>Every attempt, in the order in which they came.</summary>
    public IReadOnlyList<Received> All => [.. all];

    public static async Task<Receiver> Start(Func<Received, HttpContext, Task<int>>? answer = null)
    {
        var receiver = new Receiver(answer);
        await receiver.Start();
        return receiver;
    }

    public async Task Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        application = builder.Build();
        application.Run(Take);
        await application.StartAsync();
    }

    public async Task Stop()
    {
        if (application is { } running)
        {
            application = null;
            await running.StopAsync();
            await running.DisposeAsync();
        }
    }

    /// <summary>Waits for so many attempts.</summary>
    public Task<IReadOnlyList<Received>> WaitFor(int attempts, int seconds = 60) =>
        Eventually.Get(() => Task.FromResult(All), got => got.Count >= attempts, $"{attempts} deliveries have come", seconds);

    public async ValueTask DisposeAsync() => await Stop();

    private async Task Take(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var received = new Received(
            http.Request.Method,
            http.Request.Path,
            http.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString()),
            body.ToArray()
        );
        all.Enqueue(received);
        http.Response.StatusCode = await Answer(received, http);
    }
}

/// <summary>One attempt, as it came.</summary>
internal sealed record Received(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Id => Headers["webhook-id"];

    public string Text => Encoding.UTF8.GetString(Body);

    public JsonElement Json => JsonElement.Parse(Text);

    public string State => Json.GetProperty("state").GetString()!;

    public Guid SagaId => Json.GetProperty("sagaId").GetGuid();

    public string[] Signatures => Headers["webhook-signature"].Split(' ');

    /// <summary>What Standard Webhooks says the signature is, worked out here.</summary>
    public string SignatureWith(string secret)
    {
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var signed = Encoding.UTF8.GetBytes($"{Id}.{Headers["webhook-timestamp"]}.").Concat(Body).ToArray();
        return "v1," + Convert.ToBase64String(new HMACSHA256(key).ComputeHash(signed));
    }
}
