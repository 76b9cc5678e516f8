using System.Diagnostics;
using System.Text;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Messaging.Telemetry;

/// <summary>
/// W3C baggage: what a caller gives a saga's trace to take along, for example a tenant. It goes with each message to whoever handles it,
/// and with what he sends.
/// </summary>
internal static class TraceBaggage
{
    // Of the whole header. What W3C asks a service to pass on.
    private const int Longest = 8192;
    private const int Most = 64;

    /// <summary>Notes the current activity's baggage among a message's headers.</summary>
    public static void Write(IDictionary<string, string> headers)
    {
        if (Activity.Current is { } activity && Written(activity.Baggage) is { Length: > 0 } baggage)
        {
            headers[SagaHeaders.Baggage] = baggage;
        }
    }

    /// <summary>Gives an activity the baggage of a header.</summary>
    public static void Read(Activity activity, string? header)
    {
        if (header is not { Length: > 0 and <= Longest })
        {
            return;
        }

        foreach (var member in header.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(Most))
        {
            // Properties of a member, after a semicolon, are left out.
            if (member.Split(';')[0].Split('=', 2) is [var name, var value] && name.Trim() is { Length: > 0 } key)
            {
                activity.SetBaggage(key, Uri.UnescapeDataString(value.Trim()));
            }
        }
    }

    private static string Written(IEnumerable<KeyValuePair<string, string?>> baggage)
    {
        var header = new StringBuilder();
        var count = 0;
        foreach (var (name, value) in baggage)
        {
            var member = $"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value ?? string.Empty)}";
            if (count == Most || header.Length + member.Length >= Longest)
            {
                break;
            }

            header.Append(count++ == 0 ? string.Empty : ",").Append(member);
        }

        return header.ToString();
    }
}
