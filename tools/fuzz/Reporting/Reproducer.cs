using System.Globalization;
using System.Text;
using System.Text.Json;
using SagaOrchestrator.Fuzz.Generating;
using SagaOrchestrator.Fuzz.Running;

namespace SagaOrchestrator.Fuzz.Reporting;

/// <summary>Leaves what failed as a file, and says the line that sends it again.</summary>
internal sealed class Reproducer(FuzzOptions options)
{
    public string Of(HostileRequest request)
    {
        var file = File("request", request.Number, "http", request.Bytes(options.Api));
        return $"request:{Number(request.Number)} (seed {options.Seed}), again with: (cat {file}; sleep 2) "
            + $">/dev/tcp/{options.Api.Host}/{Number(options.Api.Port)} 0>&1, or --only request:{Number(request.Number)}";
    }

    public string Of(HostileMessage message)
    {
        var properties = message.Properties;
        var publish = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                properties = new
                {
                    message_id = properties.MessageId,
                    content_type = properties.ContentType,
                    headers = properties.Headers?.ToDictionary(header => header.Key, header => Shown(header.Value)),
                },
                routing_key = string.Empty,
                payload = Convert.ToBase64String(message.Body),
                payload_encoding = "base64",
            }
        );
        var file = File("message", message.Number, "json", publish);
        return $"message:{Number(message.Number)} (seed {options.Seed}) from {message.User} to {message.Exchange}, again with: "
            + $"curl -u {options.Console.UserInfo} http://{options.Console.Authority}/api/exchanges/saga/{message.Exchange}/publish -d "
            + $"@{file}, or --only message:{Number(message.Number)}";
    }

    private string File(string kind, int number, string extension, byte[] bytes)
    {
        var file = Path.Combine(options.Failures, $"{kind}-{Number(number)}.{extension}");
        System.IO.File.WriteAllBytes(file, bytes);
        return file;
    }

    private static object? Shown(object? value) =>
        value switch
        {
            byte[] bytes => Encoding.Latin1.GetString(bytes),
            System.Collections.IDictionary or System.Collections.IList => value.ToString(),
            _ => value,
        };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
