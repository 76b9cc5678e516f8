using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Decisions.Rules;

namespace SagaOrchestrator.Plans.Running;

/// <summary>Who decides: <see cref="SagaDecider.Decide"/>, or something that a test puts in its place.</summary>
public delegate Decided Decider(PlanDefinition plan, SagaProgress progress, SagaInput input, DecisionContext around);
