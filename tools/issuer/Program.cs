using System.CommandLine;
using SagaOrchestrator.Issuer;
using SagaOrchestrator.Telemetry;

var url = new Option<string>("--url")
{
    DefaultValueFactory = _ => "http://127.0.0.1:18481",
    Description = "Where it listens: an http address on loopback (http://127.0.0.1:18481).",
};
var key = new Option<FileInfo?>("--key")
{
    Description = "The key that it signs with, made when there is none. Without it, tokens end with it.",
};
var root = new RootCommand("An issuer of tokens for development: OpenID Connect with users and passwords that everybody knows.")
{
    url,
    key,
};
root.SetAction(
    async (parsed, cancellationToken) =>
    {
        await using var issuer = IssuerApp.Build(
            new Uri(parsed.GetRequiredValue(url)),
            new DevelopmentUsers(),
            SigningKey.At(parsed.GetValue(key))
        );
        await ((IHost)issuer).RunAsync(cancellationToken);
    }
);
return await Complaint.InOneLine(() => root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }));
