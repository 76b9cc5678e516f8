using System.Text.Json.Serialization;
using SagaOrchestrator.Benchmarks.Workload;

namespace SagaOrchestrator.Benchmarks.Floor.Wire;

/// <summary>The bodies, compact, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(StepContent))]
[JsonSerializable(typeof(StepAnswer))]
[JsonSerializable(typeof(UndoContent))]
[JsonSerializable(typeof(OrderEnded))]
internal sealed partial class FloorJson : JsonSerializerContext;

/// <summary>What a step answers.</summary>
internal sealed record StepAnswer(string? Reference, string? Code = null, string? Reason = null);

/// <summary>What a compensation needs.</summary>
internal sealed record UndoContent(string OrderId);

/// <summary>How a saga ended.</summary>
internal sealed record OrderEnded(Guid SagaId, string OrderId, bool Completed, string? Failure, IReadOnlyList<string> Compensated);
