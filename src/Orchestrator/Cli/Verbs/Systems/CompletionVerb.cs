using System.CommandLine;
using SagaOrchestrator.Cli.Api;

namespace SagaOrchestrator.Cli.Verbs.Systems;

/// <summary><c>sagas completion</c>: what a shell needs so that the tab key completes verbs, options and words.</summary>
internal static class CompletionVerb
{
    private const string Bash = """
        _sagas() {
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$(sagas "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _sagas sagas
        """;

    private const string Zsh = """
        _sagas() {
          local -a found
          found=("${(@f)$(sagas "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
          compadd -a found
        }
        compdef _sagas sagas
        """;

    private const string Fish = """
        complete -c sagas -f -a '(sagas "[suggest:"(commandline -C)"]" (commandline) 2>/dev/null)'
        """;

    public static Command Make()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or fish." }.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var completion = new Command("completion", "What a shell needs to complete what you type: eval \"$(sagas completion bash)\"")
        {
            shell,
        };
        completion.SetAction(
            (parsed, _) =>
                Ending.Of(
                    parsed,
                    screen =>
                    {
                        screen.Raw(
                            parsed.GetRequiredValue(shell) switch
                            {
                                "bash" => Bash,
                                "zsh" => Zsh,
                                _ => Fish,
                            }
                        );
                        return Task.FromResult(ExitCode.Done);
                    }
                )
        );
        return completion;
    }
}
