using System.Collections.Immutable;
using System.Text.Json;
using MassTransit;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Plans;
using SagaOrchestrator.Plans.Running;

namespace SagaOrchestrator.Engine.Sagas;

/// <summary>One saga, as it is stored.</summary>
public sealed class SagaInstance : SagaStateMachineInstance
{
    private StartData? start;

    public Guid CorrelationId { get; set; }

    /// <summary>MassTransit's name of the state; the same word as <see cref="SagaState"/> once the saga has started.</summary>
    public string CurrentState { get; set; } = "Initial";

    internal string Type { get; set; } = string.Empty;

    internal int PlanVersion { get; set; }

    internal string BusinessKey { get; set; } = string.Empty;

    internal string Data { get; set; } = string.Empty;

    internal byte[] DataHash { get; set; } = [];

    internal SagaProgress Progress { get; set; } = null!;

    internal IReadOnlyDictionary<string, JsonElement> Results { get; set; } = ImmutableDictionary<string, JsonElement>.Empty;

    internal string? TraceParent { get; set; }

    internal DateTimeOffset StartedAt { get; set; }

    internal DateTimeOffset UpdatedAt { get; set; }

    internal DateTimeOffset? EndedAt { get; set; }

    /// <summary>The row's version; 0 for a saga that is not stored yet (rule S27).</summary>
    internal long Version { get; set; }

    /// <summary>How many history entries are stored.</summary>
    internal int HistoryVersion { get; set; }

    /// <summary>The time on the database's clock when this instance was loaded (rule S35).</summary>
    internal DateTimeOffset Now { get; set; }

    /// <summary>History entries to append.</summary>
    internal List<HistoryEntry> NewHistory { get; } = [];

    /// <summary>
    /// For one that comes from this node's cache, so that another node may have changed it since: whom to tell when that was so.
    /// </summary>
    internal Action? WasStale { get; set; }

    /// <summary>Whether there is anything to write.</summary>
    internal bool Changed { get; set; }

    /// <summary>What an operator did, to be noted beside the history.</summary>
    internal OperatorAction? Action { get; set; }

    /// <summary>
    /// The participant that this saga waits for to undo something; null for none. Undoing is one after another, so there is one at most.
    /// </summary>
    internal string? Undoing { get; set; }

    /// <summary>The saga as its plan sees it.</summary>
    internal SagaView View() => new(CorrelationId, start ??= new StartData(Data), Progress, Results);

    /// <summary>The same saga for somebody else. What was to be written of this one is not taken along.</summary>
    internal SagaInstance Copy() =>
        new()
        {
            CorrelationId = CorrelationId,
            CurrentState = CurrentState,
            Type = Type,
            PlanVersion = PlanVersion,
            BusinessKey = BusinessKey,
            Data = Data,
            DataHash = DataHash,
            Progress = Progress,
            Results = Results,
            TraceParent = TraceParent,
            Undoing = Undoing,
            StartedAt = StartedAt,
            UpdatedAt = UpdatedAt,
            EndedAt = EndedAt,
            Version = Version,
            HistoryVersion = HistoryVersion,
            Now = Now,
            start = start,
        };

    /// <summary>The saga as it is stored once this is written.</summary>
    internal SagaInstance Stored()
    {
        var stored = Copy();
        stored.UpdatedAt = Now;
        stored.Version++;
        stored.HistoryVersion += NewHistory.Count;
        return stored;
    }

    /// <summary>
    /// Whether a start with the same business key is the same start: its data is equal, however it was spelled (rule S29).
    /// </summary>
    internal bool IsStartedWith(StartRequest request) => DataHash.AsSpan().SequenceEqual(request.DataHash);

    /// <summary>Makes this the saga that a start request asks for, accepted and not begun.</summary>
    internal void Accept(StartRequest request, DateTimeOffset now, string? traceParent)
    {
        PlanDefinition shape = request.Plan.Definition;
        CurrentState = nameof(SagaState.Started);
        Type = shape.Type;
        PlanVersion = shape.Version;
        BusinessKey = request.BusinessKey;
        Data = request.Data;
        DataHash = request.DataHash;
        Progress = SagaProgress.New(CorrelationId, CommandKeys.Draw(), shape, now);
        TraceParent = traceParent;
        StartedAt = now;
        Now = now;
        NewHistory.Add(new HistoryEntry(HistoryTypes.SagaStarted));
        Changed = true;
    }
}
