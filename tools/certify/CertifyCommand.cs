using System.CommandLine;
using SagaOrchestrator.Certify.Broker;
using SagaOrchestrator.Certify.Contracts;
using SagaOrchestrator.Certify.Reports;
using SagaOrchestrator.Certify.Trials;
using Spectre.Console;

namespace SagaOrchestrator.Certify;

/// <summary>The program's options. Exit status: 0 when no rule failed, 1 when one did, 2 when nothing could be judged.</summary>
internal sealed class CertifyCommand
{
    public const int Held = 0;
    public const int Broken = 1;
    public const int CouldNotRun = 2;

    // Whoever lists processes sees their arguments.
    private const string BrokerVariable = "SAGAS_CERTIFY_BROKER";
    private const string ConsoleVariable = "SAGAS_CERTIFY_CONSOLE";

    private readonly Option<string> queue = new("--queue") { Required = true, Description = "The participant's queue." };

    private readonly Option<string> contract = new("--contract")
    {
        Required = true,
        Description = "The contract as AsyncAPI: contract --format asyncapi.",
    };

    private readonly Option<string?> broker = new("--broker")
    {
        Description =
            $"amqp[s]://USER:PASSWORD@HOST:PORT/VHOST with the orchestrator's user. Left out: {BrokerVariable}, or that of development.",
    };

    private readonly Option<string?> authority = new("--ca-file")
    {
        Description = "PEM: who signed the certificates of broker and console, in place of the machine's authorities.",
    };

    private readonly Option<string[]> step = new("--step")
    {
        Description = "Only this step, as the contract names it; may be given again.",
    };

    private readonly Option<string?> format = new("--format")
    {
        Description = $"How commands are written: {string.Join(", ", WireFormat.Words.Keys)}. Left out: as the contract says.",
    };

    private readonly Option<double> patience = new("--patience")
    {
        DefaultValueFactory = _ => 10,
        Description = "How many seconds an answer may take, and a participant that is starting.",
    };

    private readonly Option<string?> cases = new("--cases")
    {
        Description = "JSON: members of commands by step and case (completed, rejected, deferred).",
    };

    private readonly Option<string?> restart = new("--restart")
    {
        Description = "A command that kills the participant and starts it again.",
    };
    private readonly Option<string?> stop = new("--stop") { Description = "A command that asks it to end, and waits until it has." };
    private readonly Option<string?> start = new("--start") { Description = "A command that starts it." };
    private readonly Option<string?> console = new("--console")
    {
        Description = $"http[s]://USER:PASSWORD@HOST:PORT of RabbitMQ's management. Left out: {ConsoleVariable}.",
    };
    private readonly Option<string?> html = new("--html") { Description = "Writes the report as a page." };
    private readonly Option<string?> junit = new("--junit") { Description = "Writes the report as JUnit XML." };

    private readonly IAnsiConsole terminal;
    private readonly TextWriter errors;
    private readonly Controls? controls;

    /// <param name="terminal">Gets the report.</param>
    /// <param name="errors">Gets the sentence that says why nothing could be judged.</param>
    /// <param name="controls">In place of those of the options.</param>
    public CertifyCommand(IAnsiConsole terminal, TextWriter errors, Controls? controls = null) =>
        (this.terminal, this.errors, this.controls) = (terminal, errors, controls);

    public async Task<int> Run(string[] args, CancellationToken cancellationToken = default)
    {
        var command = new RootCommand("Judges a participant from outside, by its answers over RabbitMQ.")
        {
            queue,
            contract,
            broker,
            authority,
            step,
            format,
            patience,
            cases,
            restart,
            stop,
            start,
            console,
            html,
            junit,
        };
        format.AcceptOnlyFromAmong([.. WireFormat.Words.Keys]);
        command.SetAction(Certify);
        var parsed = command.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            await errors.WriteLineAsync(string.Join(" ", parsed.Errors.Select(error => error.Message)) + " See --help.");
            return CouldNotRun;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }, cancellationToken);
        }
        catch (CannotRunException exception)
        {
            await errors.WriteLineAsync(Shown.Clean(exception.Message.ReplaceLineEndings(" ")));
            return CouldNotRun;
        }
        catch (OperationCanceledException)
        {
            await errors.WriteLineAsync("Stopped before the end.");
            return CouldNotRun;
        }
    }

    private async Task<int> Certify(ParseResult parsed, CancellationToken cancellationToken)
    {
        var read = ContractFile.Read(parsed.GetRequiredValue(contract), parsed.GetRequiredValue(queue));
        var steps = Chosen(read, parsed.GetValue(step) ?? []);
        var address = Address(Given(parsed, broker, BrokerVariable), read);
        var host = Uri.UnescapeDataString(address.AbsolutePath[1..]);
        var waits = TimeSpan.FromSeconds(Math.Clamp(parsed.GetValue(patience), 0.1, 3600));
        var trusted = Authorities.Read(parsed.GetValue(authority));
        await using var link = await BrokerLink.Open(address, trusted, read.Queue, read.Orchestrator, waits, cancellationToken);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, link.Lost);
        using var management = Given(parsed, console, ConsoleVariable) is { } web
            ? await ManagementApi.Open(Web(web), host, read.Queue, trusted, ended.Token)
            : null;
        var bench = new Bench(
            read,
            parsed.GetValue(cases) is { } file ? StepCases.Read(file, read.Steps) : StepCases.None,
            link,
            controls
                ?? new Controls(
                    Controls.Shell("--restart", parsed.GetValue(restart)),
                    Controls.Shell("--stop", parsed.GetValue(stop)),
                    Controls.Shell("--start", parsed.GetValue(start))
                ),
            management,
            parsed.GetValue(format) is { } word ? WireFormat.Words[word] : read.Format,
            waits,
            ended.Token
        );
        var certificate = await Judge(bench, steps);
        TerminalReport.Write(terminal, certificate);
        Write(parsed.GetValue(html), () => HtmlReport.Of(certificate));
        Write(parsed.GetValue(junit), () => JUnitReport.Of(certificate));
        return certificate.IsGiven ? Held : Broken;
    }

    private async Task<Certificate> Judge(Bench bench, IReadOnlyList<StepContract> steps)
    {
        try
        {
            return await terminal
                .Status()
                .StartAsync(
                    Markup.Escape(Shown.Clean($"Asking '{bench.Contract.Queue}'")),
                    status => new Certification(bench, finding => status.Status($"{finding.Rule}: {finding.Word}")).Run(steps)
                );
        }
        catch (OperationCanceledException exception) when (bench.Link.WhyLost is { } why)
        {
            throw new CannotRunException(why, exception);
        }
    }

    private static string? Given(ParseResult parsed, Option<string?> option, string variable) =>
        parsed.GetValue(option) ?? (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null);

    private static IReadOnlyList<StepContract> Chosen(ContractFile contract, string[] names)
    {
        var unknown = names.FirstOrDefault(name => !contract.Steps.Any(step => step.Name == name));
        if (unknown is not null)
        {
            throw new CannotRunException(
                $"'{contract.Queue}' has no step '{unknown}'. It has: {string.Join(", ", contract.Steps.Select(step => step.Name))}."
            );
        }

        return names.Length == 0 ? contract.Steps : [.. contract.Steps.Where(step => names.Contains(step.Name))];
    }

    private static Uri Address(string? given, ContractFile contract)
    {
        var text =
            given
            ?? $"amqp://{contract.Orchestrator}:{contract.Orchestrator}-dev@127.0.0.1:5672/{Uri.EscapeDataString(contract.VirtualHost)}";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("amqp" or "amqps"))
        {
            throw new CannotRunException("--broker is no address. It looks like amqp://orchestrator:PASSWORD@HOST:5672/VHOST.");
        }

        var host = address.AbsolutePath is "" or "/" ? "/" + Uri.EscapeDataString(contract.VirtualHost) : address.AbsolutePath;
        return new UriBuilder(address)
        {
            Path = host,
            Port =
                address.Port > 0 ? address.Port
                : address.Scheme == "amqps" ? 5671
                : 5672,
        }.Uri;
    }

    private static Uri Web(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new CannotRunException("--console is no address. It looks like http://USER:PASSWORD@HOST:15672.");

    private static void Write(string? path, Func<string> report)
    {
        if (path is null)
        {
            return;
        }

        try
        {
            File.WriteAllText(path, report());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CannotRunException($"The report cannot be written. {exception.Message}", exception);
        }
    }
}
