using System.Text.Json;
using SagaOrchestrator.Fuzz.Generating;
using SagaOrchestrator.Fuzz.Sending;

namespace SagaOrchestrator.Fuzz.Judging;

/// <summary>Says what is wrong with an answer; null when nothing is.</summary>
internal static class AnswerJudge
{
    private const string Pages = "/problems/";
    private const string Failed = "\"extensions\":{\"code\":\"internal\"";
    private const int LargeHead = 16 * 1024;
    private const int ManyHeaders = 100;
    private const int LargeBody = 256 * 1024;

    private static readonly string[] Members = ["type", "title", "detail", "instance"];

    public static string? Complaint(HostileRequest request, HttpAnswer answer, Uri server)
    {
        if (answer.IsHang)
        {
            return "hang: no answer within the patience";
        }

        if (answer.Status == 0)
        {
            return request.IsBroken || request.Body.Length > LargeBody ? null : "no answer: the connection was closed";
        }

        // 501 and 505 are what a server says of a protocol that it does not speak.
        if (answer.Status >= 500 && !(request.IsBroken && answer.Status is 501 or 505))
        {
            return $"status {answer.Status}";
        }

        if (answer.Status == 200 && answer.Body.Contains(Failed, StringComparison.Ordinal))
        {
            return "an error of GraphQL that is the orchestrator's own";
        }

        return answer.Status < 400 || MayBeBare(request, server) ? null : NoProblem(answer);
    }

    private static bool MayBeBare(HostileRequest request, Uri server) =>
        request.IsBroken
        || request.Line.StartsWith("HEAD", StringComparison.Ordinal)
        || request.Headers.Count > ManyHeaders
        || request.Bytes(server).Length - request.Body.Length > LargeHead;

    private static string? NoProblem(HttpAnswer answer)
    {
        if (!answer.Headers.Contains("application/problem+json", StringComparison.OrdinalIgnoreCase))
        {
            return $"status {answer.Status} without problem details";
        }

        try
        {
            var start = answer.Body.IndexOf('{', StringComparison.Ordinal);
            var end = answer.Body.LastIndexOf('}');
            var problem = JsonDocument.Parse(answer.Body[start..(end + 1)]).RootElement;
            return Array.Find(
                    Members,
                    member =>
                        !problem.TryGetProperty(member, out var value)
                        || value.ValueKind != JsonValueKind.String
                        || value.GetString()!.Length == 0
                )
                    is { } missing
                    ? $"status {answer.Status}: the problem has no {missing}"
                : problem.GetProperty("type").GetString()!.StartsWith(Pages, StringComparison.Ordinal) ? null
                : $"status {answer.Status}: the type is not of the catalogue";
        }
        catch (Exception exception) when (exception is JsonException or ArgumentOutOfRangeException)
        {
            return $"status {answer.Status}: the problem is no JSON";
        }
    }
}
