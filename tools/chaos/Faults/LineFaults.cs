using System.Globalization;
using SagaOrchestrator.Chaos.Running;
using SagaOrchestrator.Chaos.Servers;

namespace SagaOrchestrator.Chaos.Faults;

/// <summary>What happens between a service and a server.</summary>
internal sealed class LineFaults(Journal journal)
{
    public IEnumerable<Fault> Of(Line line, double weight)
    {
        yield return new Fault("cut", line.Name, 3 * weight, (_, _) => Cut(line));
        yield return new Fault(
            "slow",
            line.Name,
            weight,
            (dice, heal) =>
                Change(line, new LineState { Delay = TimeSpan.FromMilliseconds(dice.Next(20, 300)) }, Fault.Draw(dice, 2, 15), heal)
        );
        yield return new Fault(
            "throttle",
            line.Name,
            weight,
            (dice, heal) => Change(line, new LineState { BytesPerSecond = dice.Next(2_000, 200_000) }, Fault.Draw(dice, 2, 15), heal)
        );
        yield return new Fault(
            "silent",
            line.Name,
            weight,
            (dice, heal) => Change(line, new LineState { IsSilent = true }, Fault.Draw(dice, 1, 25), heal)
        );
        // What was asked has happened, and nobody knows: a commit whose outcome is unknown, a message whose confirm is lost.
        yield return new Fault(
            "lose answers",
            line.Name,
            2 * weight,
            (dice, heal) => Change(line, new LineState { LosesAnswers = true }, Fault.Draw(dice, 0.05, 1), heal, cutAfter: true)
        );
    }

    private Task Cut(Line line)
    {
        journal.Write("cut", line.Name);
        line.Cut();
        return Task.CompletedTask;
    }

    private async Task Change(Line line, LineState state, TimeSpan time, CancellationToken heal, bool cutAfter = false)
    {
        journal.Write(
            "line",
            string.Create(CultureInfo.InvariantCulture, $"{line.Name}: {Describe(state)} for {time.TotalSeconds:0.00} s")
        );
        line.Set(state);
        await Wait.For(time, heal);
        line.Set(LineState.Clear);
        if (cutAfter)
        {
            line.Cut();
        }
    }

    private static string Describe(LineState state) =>
        state switch
        {
            { IsSilent: true } => "silent",
            { LosesAnswers: true } => "answers lost",
            { BytesPerSecond: { } rate } => string.Create(CultureInfo.InvariantCulture, $"{rate} bytes/s"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{state.Delay.TotalMilliseconds:0} ms late"),
        };
}
