using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Host.Machine;

/// <summary>Who decides: <see cref="SagaDecider.Decide"/>, or something that a test puts in its place.</summary>
internal delegate Decided Decider(SagaPlan plan, SagaProgress progress, SagaInput input, Surroundings around);
