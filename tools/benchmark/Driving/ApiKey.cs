using System.Security.Cryptography;
using System.Text;
using SagaOrchestrator.Benchmarks.Serving;

namespace SagaOrchestrator.Benchmarks.Driving;

/// <summary>The key with which sagas are started where the API asks for one.</summary>
internal static class ApiKey
{
    private const string Caller = "benchmark";
    private const string Secret = "benchmark-secret-of-the-driver-alone";

    /// <summary>What a request carries.</summary>
    public const string Value = $"{Caller}.{Secret}";

    /// <summary>The orchestrator asks for it; participants get wrapped keys with it.</summary>
    public static void Configure(IDictionary<string, string> settings, string role)
    {
        if (role == Roles.Participants)
        {
            settings["Sensitive__ApiKey"] = Value;
            return;
        }

        settings["Auth__ApiKeys__0__Name"] = Caller;
        settings["Auth__ApiKeys__0__Sha256"] = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Secret)));
        settings["Auth__ApiKeys__0__Roles"] = "start,keys";
    }
}
