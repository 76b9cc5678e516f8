using System.Globalization;
using Serilog.Events;
using Serilog.Formatting;

namespace SagaOrchestrator.Telemetry;

/// <summary>
/// Keeps log lines short, whoever chose the values on them: a line of more than 8 KB is written again with its texts cut, and shorter and
/// shorter until it fits. Nearly all lines are written once.
/// </summary>
/// <param name="inner">Writes a line.</param>
internal sealed class BoundedLines(ITextFormatter inner) : ITextFormatter
{
    /// <summary>The characters of a line at most.</summary>
    public const int Longest = 8192;

    private const int MostProperties = 20;
    private static readonly int[] Cuts = [1000, 200, 40];

    public void Format(LogEvent logEvent, TextWriter output)
    {
        var line = Line(logEvent);
        foreach (var cut in Cuts)
        {
            if (line.Length <= Longest)
            {
                break;
            }

            line = Line(Shorter(logEvent, cut));
        }

        output.Write(line);
    }

    private string Line(LogEvent line)
    {
        using var written = new StringWriter(CultureInfo.InvariantCulture);
        inner.Format(line, written);
        return written.ToString();
    }

    private static LogEvent Shorter(LogEvent line, int cut)
    {
        var properties = line
            .Properties.Take(MostProperties)
            .Select(property => new LogEventProperty(Begin(property.Key, cut), Shorter(property.Value, cut)))
            .ToList();
        if (line.Exception is { } exception)
        {
            properties.Add(new LogEventProperty("CutException", new ScalarValue(Begin(exception.ToString(), cut * 3))));
        }

        var template =
            line.MessageTemplate.Text.Length <= cut ? line.MessageTemplate : new MessageTemplate(Begin(line.MessageTemplate.Text, cut), []);
        return new LogEvent(line.Timestamp, line.Level, exception: null, template, properties);
    }

    // What is not a text is rendered, so that nothing nested stays long.
    private static ScalarValue Shorter(LogEventPropertyValue value, int cut) =>
        new(
            value is ScalarValue { Value: string text } ? Begin(text, cut) : Begin(value.ToString(null, CultureInfo.InvariantCulture), cut)
        );

    private static string Begin(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)] + "...";
}
