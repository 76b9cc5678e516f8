using SagaOrchestrator.Console.Api;

namespace SagaOrchestrator.Console.Pages;

/// <summary>What a step's time went into.</summary>
internal enum SpanKind
{
    /// <summary>Its participant is at work.</summary>
    Work,

    /// <summary>It waits for its next attempt.</summary>
    Retry,

    /// <summary>It waits for a signal, for an absent participant or for a person.</summary>
    Waits,

    /// <summary>Its participant undoes it.</summary>
    Undo,
}

/// <summary>A piece of a step's time.</summary>
internal sealed record Span(SpanKind Kind, DateTimeOffset From, DateTimeOffset To);

/// <summary>The time of one step, in order.</summary>
internal sealed record StepSpans(string Step, IReadOnlyList<Span> Spans)
{
    /// <summary>The same as a bar draws it.</summary>
    public IReadOnlyList<(string Kind, DateTimeOffset From, DateTimeOffset To)> Drawn =>
        [.. Spans.Select(span => (span.Kind.ToString().ToLowerInvariant(), span.From, span.To))];

    /// <summary>Reads a history: for each step that was begun, what its time went into until now.</summary>
    public static IReadOnlyList<StepSpans> Of(IEnumerable<HistoryItem> history, DateTimeOffset now)
    {
        var steps = new List<Open>();
        foreach (var entry in history)
        {
            if (entry.Step is null)
            {
                steps.ForEach(step => step.TakeOfAll(entry));
                continue;
            }

            var open = steps.Find(step => step.Name == entry.Step);
            if (open is null)
            {
                steps.Add(open = new Open(entry.Step));
            }

            open.Take(entry);
        }

        steps.ForEach(step => step.Turn(kind: null, now));
        return [.. steps.Where(step => step.Spans.Count > 0).Select(step => new StepSpans(step.Name, step.Spans))];
    }

    private sealed class Open(string name)
    {
        private SpanKind? kind;
        private SpanKind? before;
        private DateTimeOffset since;

        public string Name => name;

        public List<Span> Spans { get; } = [];

        public void Take(HistoryItem entry)
        {
            switch (entry.Type)
            {
                case "step_started" or "step_retried" or "step_enquired":
                    Become(SpanKind.Work, entry.At);
                    break;
                case "compensation_started" or "compensation_retried":
                    Become(SpanKind.Undo, entry.At);
                    break;
                case "participant_back" or "operator_retried":
                    Become(entry.Direction == "undo" ? SpanKind.Undo : SpanKind.Work, entry.At);
                    break;
                case "retry_scheduled":
                    Become(SpanKind.Retry, entry.At);
                    break;
                case "participant_away"
                or "participant_silent"
                or "sending_stopped"
                or "signal_awaited"
                or "compensation_queued"
                or "saga_parked":
                    Become(SpanKind.Waits, entry.At);
                    break;
                case "step_completed"
                or "step_rejected"
                or "step_not_done"
                or "step_skipped"
                or "signal_received"
                or "signal_timed_out"
                or "compensation_completed"
                or "operator_skipped"
                or "operator_resolved_as_done"
                or "operator_resolved_as_not_done":
                    Become(kind: null, entry.At);
                    break;
            }
        }

        public void TakeOfAll(HistoryItem entry)
        {
            switch (entry.Type)
            {
                case "operator_paused" when kind is not null:
                    before = kind;
                    Turn(SpanKind.Waits, entry.At);
                    break;
                case "operator_resumed" when before is not null:
                    Turn(before, entry.At);
                    before = null;
                    break;
                case "saga_completed" or "saga_failed":
                    Turn(kind: null, entry.At);
                    break;
            }
        }

        public void Turn(SpanKind? kind, DateTimeOffset at)
        {
            if (this.kind == kind)
            {
                return;
            }

            if (this.kind is { } over)
            {
                Spans.Add(new Span(over, since, at));
            }

            (this.kind, since) = (kind, at);
        }

        // What comes while the saga is paused is what the step goes on with.
        private void Become(SpanKind? kind, DateTimeOffset at)
        {
            before = null;
            Turn(kind, at);
        }
    }
}
