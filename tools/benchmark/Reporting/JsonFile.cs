using System.Text.Json;

namespace SagaOrchestrator.Benchmarks.Reporting;

/// <summary>Results in a file.</summary>
internal static class JsonFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static async Task<T> Read<T>(string file)
    {
        await using var stream = File.OpenRead(file);
        return (await JsonSerializer.DeserializeAsync<T>(stream, Json))!;
    }

    public static async Task Write<T>(string file, T results)
    {
        await using var stream = File.Create(file);
        await JsonSerializer.SerializeAsync(stream, results, Json);
    }
}
