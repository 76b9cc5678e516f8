using System.Text.Json;

namespace SagaOrchestrator.Tests.Servers;

/// <summary>
/// Polls a condition with a bound. The only way to wait in these tests. The bound says that something hangs, never that it is slow, so it is
/// many times what a loaded machine takes.
/// </summary>
internal static class Eventually
{
    private const int Bound = 240;

    public static async Task<T> Get<T>(Func<Task<T>> read, Func<T, bool> enough, string what, int seconds = Bound)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var giveUp = DateTime.UtcNow.AddSeconds(seconds);
        var value = await read();
        while (!enough(value))
        {
            if (DateTime.UtcNow > giveUp)
            {
                throw new TimeoutException($"{what} did not come true within {seconds} s. The last value was: {Shown(value)}");
            }

            await timer.WaitForNextTickAsync();
            value = await read();
        }

        return value;
    }

    public static Task True(Func<Task<bool>> condition, string what, int seconds = Bound) => Get(condition, value => value, what, seconds);

    private static string? Shown<T>(T value) =>
        value is IEnumerable<object> or IEnumerable<JsonElement> ? JsonSerializer.Serialize(value) : value?.ToString();
}
