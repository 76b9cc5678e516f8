using System.Globalization;
using System.Text;
using SagaOrchestrator.Fuzz.Generating;
using SagaOrchestrator.Fuzz.Judging;
using SagaOrchestrator.Fuzz.Reporting;
using SagaOrchestrator.Fuzz.Sending;

namespace SagaOrchestrator.Fuzz.Running;

/// <summary>Sends one case of a seed again.</summary>
internal static class OneCase
{
    public static async Task<int> Run(FuzzOptions options, string name, CancellationToken cancellationToken)
    {
        var number = int.Parse(name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture);
        return name.StartsWith("message", StringComparison.Ordinal)
            ? await Message(options, number, cancellationToken)
            : await Request(options, number, cancellationToken);
    }

    private static async Task<int> Request(FuzzOptions options, int number, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = options.Api };
        var request = new RequestDraw(options.Seed, new Victims(options.Seed), await ApiRoutes.Read(http, cancellationToken)).Of(number);
        Console.WriteLine(new Reproducer(options).Of(request));
        Console.WriteLine(Encoding.UTF8.GetString(request.Bytes(options.Api)[..Math.Min(4000, request.Bytes(options.Api).Length)]));
        var answer = await HttpSender.Send(options.Api, request, cancellationToken);
        Console.WriteLine(answer);
        var complaint = AnswerJudge.Complaint(request, answer, options.Api);
        Console.WriteLine(complaint ?? "ok");
        return complaint is null ? 0 : 1;
    }

    private static async Task<int> Message(FuzzOptions options, int number, CancellationToken cancellationToken)
    {
        var message = new MessageDraw(options.Seed, new Victims(options.Seed)).Of(number);
        Console.WriteLine(new Reproducer(options).Of(message));
        await using var sender = new MessageSender(options.AmqpPort);
        Console.WriteLine(await sender.Send(message, cancellationToken) ? "The broker has it." : "The broker refused it.");
        return 0;
    }
}
