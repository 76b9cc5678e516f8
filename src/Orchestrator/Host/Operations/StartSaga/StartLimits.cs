using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using SagaOrchestrator.Host.Operations.Problems;
using SagaOrchestrator.Outbox.Settings;

namespace SagaOrchestrator.Host.Operations.StartSaga;

/// <summary>How many starts are taken at once, and how long a caller is kept. Bound from the configuration section <c>Starts</c>.</summary>
internal sealed record StartLimits
{
    /// <summary>The name under which the endpoint asks for the limit.</summary>
    public const string Policy = "starts";

    private const int SecondsToComeBack = 1;

    /// <summary>How many starts may be on their way in this replica. More are answered 429, so that those that are accepted stay fast.</summary>
    [Range(1, 100_000)]
    public int AtOnce { get; init; } = 1000;

    /// <summary>After it a start whose commit is still on its way is answered 503. It may be durable or not; the same start again tells.</summary>
    [Range(typeof(TimeSpan), "1ms", "10m")]
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Adds the limit.</summary>
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        var limits = configuration.Read<StartLimits>("Starts");
        services.AddSingleton(limits);
        services.AddRateLimiter(options =>
        {
            options.AddConcurrencyLimiter(Policy, limiter => limiter.PermitLimit = limits.AtOnce);
            options.OnRejected = (context, _) => new ValueTask(Refuse(context.HttpContext, limits));
        });
    }

    private static Task Refuse(HttpContext context, StartLimits limits)
    {
        context.Response.Headers.RetryAfter = SecondsToComeBack.ToString(CultureInfo.InvariantCulture);
        return Problem.Of(
            StatusCodes.Status429TooManyRequests, "too-many-starts", "Too many starts at once.",
            $"{limits.AtOnce} starts are on their way in this replica. Nothing was started; send the same request again in a second.").ExecuteAsync(context);
    }
}
