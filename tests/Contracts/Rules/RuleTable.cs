using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Participants.Fencing;
using SagaOrchestrator.Participants.Steps;

namespace SagaOrchestrator.Contracts.Tests.Rules;

/// <summary>The rules of a participant as tables, filled by a fence.</summary>
internal sealed class RuleTable(IFenceUnderTest fence)
{
    private const string Intro = """
        # Rules of a participant

        What a participant does with a message, by what it remembers of the saga's step. The kit's own fence fills these tables: a participant
        in any language that answers so is as safe as one with the kit.

        It remembers one row for each saga id and step, and changes it in the transaction of the effect and of the answer. Each answer echoes
        `sagaId`, `step` and `commandId` of the message, and goes to the exchange that `saga.replyTo` names, with an empty routing key.

        ## What comes, and what is remembered

        In the examples the attempt of a *command* is 1, and that of a *later attempt* is 2. `rejected`, `full` stands for the kind and the code
        of the first answer, which is repeated with its reason. After *executes* and *undoes* the answer is that of the next tables.

        """;

    private const string Outcomes = """

        ## How a step turns out

        What follows when the step's own code ran.

        """;

    private const string Calls = """

        ## Before a call outside

        A step whose effect is not in the database of the fence, for example a charge at a gateway, notes first that its call has begun, and
        commits the note. A call that is not made is answered as in the first table.

        """;

    private const string Refusing = """

        ## How to refuse

        - A command that may not be executed any more: `SagaStepFailed`, `kind` `rejected`, `code` `fenced`. Nothing happens.
        - A command that cannot be executed: `SagaStepFailed`, `kind` `rejected`, a `code` of your own. It is certain that nothing happened.
        - A message that is not what its schema says: no answer. Its bytes go to the exchange `to.<queue>.dead-letter` with the headers
          `dead-letter-id`, `dead-letter-reason` (`malformed`), `dead-letter-from`, `dead-letter-at` and `dead-letter-message`.
        - A message of a type that you do not know: the same, with the reason `unknown-message-type`.
        - Fields that you do not know: pass over them.
        """;

    private static readonly FenceRow Blank = new(new Guid("6a0e3b9c-8a0a-4c11-9d38-0f3a2b9f7a55"), "step");
    private static readonly StepOutcome Done = new StepOutcome.Completed(new { room = "12" });
    private static readonly StepOutcome Full = new StepOutcome.Rejected("full", "No room is left.");
    private static readonly StepOutcome Broken = new StepOutcome.Faulted("system_error", "Nobody knows.");

    private static readonly (string Words, FenceRow Row)[] States =
    [
        ("nothing", Blank),
        ("begun", Blank with { Do = EffectState.Begun, DoAttempt = 1 }),
        ("accepted", Blank with { Do = EffectState.Deferred, DoAttempt = 1 }),
        ("completed", Blank with { Do = EffectState.Completed, DoAttempt = 1, DoReply = Reply.Store(Done) }),
        ("rejected", Blank with { Do = EffectState.Rejected, DoAttempt = 1, DoReply = Reply.Store(Full) }),
        ("undoing begun", Blank with { Do = EffectState.Completed, DoAttempt = 1, DoReply = Reply.Store(Done), Undo = EffectState.Begun }),
        ("undone", Blank with { Do = EffectState.Completed, DoAttempt = 1, DoReply = Reply.Store(Done), Undo = EffectState.Completed }),
        ("fenced", FenceRules.Fenced(Blank)),
    ];

    private static readonly (string Words, StepOutcome Outcome)[] Ends =
    [
        ("completed", Done),
        ("rejected", Full),
        ("faulted, or its code threw", Broken),
        ("accepted: the answer comes later", new StepOutcome.Deferred()),
        ("no answer: its timeout decides", new StepOutcome.NoAnswer()),
    ];

    private static readonly (string Words, UndoOutcome Outcome)[] UndoEnds =
    [
        ("undone", new UndoOutcome.Completed()),
        ("not undone, or its code threw", new UndoOutcome.Failed("not_now", "The hotel does not answer.")),
    ];

    private static readonly (string Words, CommandDirection Direction, int Attempt)[] Directions =
    [
        ("command", CommandDirection.Do, 1),
        ("command, a later attempt", CommandDirection.Do, 2),
        ("compensation", CommandDirection.Undo, 1),
    ];

    private static readonly (string Words, StepOutcome Outcome)[] LateEnds = [("completed", Done), ("rejected", Full), ("faulted", Broken)];

    public async Task<string> Write()
    {
        var text = new StringBuilder(Intro).Append('\n');
        Append(text, "remembered", "comes", "does", "answers", "attempt of the answer", "remembers then");
        Append(text, "---", "---", "---", "---", "---", "---");
        foreach (var (state, row) in States)
        {
            foreach (var (message, drive, attempt) in Messages())
            {
                var seen = await drive(row);
                Append(text, state, message, Does(seen, message), Answer(seen), Attempt(seen, attempt), Remembered(seen.After, row));
            }
        }

        text.Append(Outcomes).Append('\n');
        Append(text, "what ran", "turns out", "answers", "attempt of the answer", "remembers then");
        Append(text, "---", "---", "---", "---", "---");
        foreach (var (what, end, before, seen) in await TurnsOut())
        {
            Append(text, what, end, Answer(seen), Attempt(seen, 1), Remembered(seen.After, before));
        }

        text.Append(Calls).Append('\n');
        Append(text, "remembered", "comes", "call", "remembers then");
        Append(text, "---", "---", "---", "---");
        foreach (var (state, row) in States)
        {
            foreach (var (message, direction, attempt) in Directions)
            {
                var seen = await fence.Begin(row, direction, attempt);
                Append(text, state, message, seen.Ran ? "is made" : "is not made", Remembered(seen.After, row));
            }
        }

        return text.Append(Refusing).Append('\n').ToString();
    }

    private (string Words, Func<FenceRow, Task<Seen>> Drive, int Attempt)[] Messages() =>
        [
            ("command", row => fence.Do(row, 1, Done), 1),
            ("command, a later attempt", row => fence.Do(row, 2, Done), 2),
            ("compensation", row => fence.Undo(row, new UndoOutcome.Completed()), 1),
            ("`QueryOutcome`", row => fence.Ask(row, fenceUnfinished: false), 1),
            ("`QueryOutcome`, `fenceUnfinished`", row => fence.Ask(row, fenceUnfinished: true), 1),
        ];

    // Of accepted work two attempts came, and it began with the first.
    private async Task<List<(string What, string End, FenceRow Before, Seen Seen)>> TurnsOut()
    {
        var (completed, accepted, fenced) = (
            Remembering("completed"),
            Remembering("accepted") with
            {
                DoAttempt = 2,
            },
            Remembering("fenced")
        );
        var all = new List<(string, string, FenceRow, Seen)>();
        foreach (var (end, outcome) in Ends)
        {
            all.Add(("the step", end, Blank, await fence.Do(Blank, 1, outcome)));
        }

        foreach (var (end, outcome) in UndoEnds)
        {
            all.Add(("its compensation", end, completed, await fence.Undo(completed, outcome)));
        }

        foreach (var (end, outcome) in LateEnds)
        {
            all.Add(("what was accepted", end, accepted, await fence.End(accepted, outcome)));
        }

        var late = await fence.End(fenced, Done);
        all.Add(("what was accepted", late.Ran ? "completed, and fenced by now" : "fenced by now: its work is dropped", fenced, late));
        return all;
    }

    private static FenceRow Remembering(string state) => States.Single(one => one.Words == state).Row;

    private static void Append(StringBuilder text, params string[] cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    private static string Does(Seen seen, string message) =>
        !seen.Ran ? "-"
        : message == "compensation" ? "undoes"
        : "executes";

    private static string Answer(Seen seen)
    {
        if (seen.Answer is not { } answer)
        {
            return "-";
        }

        var name = ((string)answer["messageType"]![0]!).Split(':')[^1];
        var message = answer["message"]!;
        string?[] more =
        [
            (string?)message["kind"],
            (string?)message["code"],
            (string?)message["outcome"],
            message["nothingToUndo"] is JsonValue nothing && nothing.GetValue<bool>() ? "nothingToUndo" : null,
            message["result"] is null ? null : "result",
        ];
        return string.Join(", ", more.Where(word => word is not null).Prepend(name).Select(word => $"`{word}`"));
    }

    private static string Attempt(Seen seen, int attempt) =>
        seen.Answer is not { } answer ? "-"
        : (int)answer["message"]!["attempt"]! == attempt ? "that of the message"
        : "the latest that came";

    private static string Remembered(FenceRow after, FenceRow before) =>
        (after with { DoReply = null, DoAttempt = 0 }) == (before with { DoReply = null, DoAttempt = 0 })
            ? "the same" + (after.DoAttempt > before.DoAttempt ? ", and the attempt" : string.Empty)
        : after.Tombstone ? "fenced"
        : after.Undo == EffectState.Completed ? "undone"
        : after.Undo == EffectState.Begun ? "undoing begun"
        : after.Do.ToString().ToLower(CultureInfo.InvariantCulture).Replace("deferred", "accepted", StringComparison.Ordinal);
}
