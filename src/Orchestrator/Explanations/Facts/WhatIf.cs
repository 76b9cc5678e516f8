using SagaOrchestrator.Decisions.Absences;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Explanations.Facts;

/// <summary>What would follow an input. Nothing is done.</summary>
/// <param name="progress">How far the saga would be.</param>
/// <param name="input">What would happen.</param>
/// <param name="now">When.</param>
/// <param name="absenceOf">Which participants would be absent; null when all are there.</param>
/// <returns>What would be decided. An operator's action that is not possible is a <see cref="Refuse"/> alone.</returns>
public delegate Decided WhatIf(SagaProgress progress, SagaInput input, DateTimeOffset now, Func<string, Absence?>? absenceOf);
