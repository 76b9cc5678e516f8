global using Microsoft.Extensions.DependencyInjection;
global using static SagaOrchestrator.Client.Tests.ClientSystem;
