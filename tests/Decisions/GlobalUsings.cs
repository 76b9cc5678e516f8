global using SagaOrchestrator.Decisions.Plans;
global using SagaOrchestrator.Decisions.Progress;
global using SagaOrchestrator.Decisions.Results;
global using SagaOrchestrator.Decisions.Tests.Scenarios;
global using static SagaOrchestrator.Decisions.Tests.Scenarios.Expectations;
global using static SagaOrchestrator.Decisions.Tests.Scenarios.Happenings;
global using static SagaOrchestrator.Decisions.Tests.Scenarios.OrderPlan;
