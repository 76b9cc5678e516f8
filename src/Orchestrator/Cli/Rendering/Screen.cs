using System.Globalization;
using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace SagaOrchestrator.Cli.Rendering;

/// <summary>What is written, and where: results to standard output, all else to standard error.</summary>
internal sealed class Screen
{
    // Where nobody looks on, a row is a line.
    private const int WidthWithoutTerminal = 10_000;

    private readonly TextWriter output;
    private readonly IAnsiConsole shown;
    private readonly IAnsiConsole said;

    /// <param name="output">For results.</param>
    /// <param name="error">For people who look on.</param>
    /// <param name="isJson">Whether results are the API's own.</param>
    /// <param name="isColoured">Whether colours are wanted.</param>
    public Screen(TextWriter output, TextWriter error, bool isJson, bool isColoured)
    {
        (this.output, IsJson) = (output, isJson);
        IsTerminal = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;
        IsAsked = IsTerminal && !Console.IsInputRedirected && !Console.IsErrorRedirected;
        shown = Make(output, IsTerminal, isColoured);
        said = Make(error, ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected, isColoured);
    }

    /// <summary>Whether a script reads.</summary>
    public bool IsJson { get; }

    /// <summary>Whether a person looks on.</summary>
    public bool IsTerminal { get; }

    /// <summary>Whether somebody is there who can answer a question.</summary>
    public bool IsAsked { get; }

    public int Width => shown.Profile.Width;

    public DateTimeOffset Now { get; } = DateTimeOffset.UtcNow;

    /// <summary>Where progress is shown.</summary>
    public IAnsiConsole Progress => said;

    public void Show(IRenderable part)
    {
        if (IsTerminal)
        {
            Write(shown, part);
            return;
        }

        // Without the blanks with which tables fill their last column.
        using var written = new StringWriter();
        Write(Make(written, isTerminal: false, isColoured: false), part);
        foreach (var line in written.ToString().TrimEnd('\n').Split('\n'))
        {
            output.Write(line.TrimEnd() + '\n');
        }
    }

    public void Show(Grid grid)
    {
        foreach (var part in grid.At(Width))
        {
            Show(part);
        }
    }

    /// <summary>A sentence of the result.</summary>
    public void Say(string sentence, Style? style = null) => Show(new Text(Clean.Line(sentence), style ?? Style.Plain));

    /// <summary>A sentence beside the result.</summary>
    public void Note(string sentence)
    {
        said.Write(new Text(Clean.Line(sentence)));
        said.WriteLine();
    }

    /// <summary>An address or the like, which must not be broken into lines.</summary>
    public void NoteUnbroken(string text) => said.Profile.Out.Writer.WriteLine(Clean.Line(text));

    /// <summary>A document as it is. On a terminal it is made harmless.</summary>
    public void Raw(string text)
    {
        output.Write(IsTerminal ? Clean.Block(text) : text);
        if (!text.EndsWith('\n'))
        {
            output.Write('\n');
        }

        output.Flush();
    }

    /// <summary>Bytes as they are, when they go to a file or a pipe.</summary>
    public async Task Raw(Func<Stream, Task> copy)
    {
        if (IsTerminal || !ReferenceEquals(output, Console.Out))
        {
            using var kept = new MemoryStream();
            await copy(kept);
            Raw(Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length));
            return;
        }

        await using var stdout = Console.OpenStandardOutput();
        await copy(stdout);
    }

    /// <summary>Asks a question whose answer is yes or no.</summary>
    public bool Asks(string question)
    {
        said.Write(new Text(Clean.Line(question) + " [y/N] "));
        return Console.ReadLine()?.Trim().ToUpperInvariant() is "Y" or "YES";
    }

    private static int? Columns() =>
        int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var columns)
        && columns > 0
            ? columns
            : null;

    private static void Write(IAnsiConsole console, IRenderable part)
    {
        console.Write(part);
        if (part is not Table)
        {
            console.WriteLine();
        }
    }

    private static IAnsiConsole Make(TextWriter writer, bool isTerminal, bool isColoured)
    {
        var isAnsi = isTerminal && isColoured;
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = isAnsi ? AnsiSupport.Yes : AnsiSupport.No,
                ColorSystem = isAnsi ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
                Interactive = isAnsi ? InteractionSupport.Yes : InteractionSupport.No,
                Out = new AnsiConsoleOutput(writer),
            }
        );
        if (!isTerminal)
        {
            console.Profile.Width = Columns() ?? WidthWithoutTerminal;
        }

        return console;
    }
}
