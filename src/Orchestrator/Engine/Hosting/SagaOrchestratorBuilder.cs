using System.Reflection;
using SagaOrchestrator.Documents;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator;

/// <summary>Takes the plans of an orchestrator.</summary>
public sealed class SagaOrchestratorBuilder
{
    internal SagaOrchestratorBuilder(IServiceCollection services) => Services = services;

    /// <summary>The container, for what the plans need.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Adds a plan, made by the container. Its sagas can be started from the next start-up on.</summary>
    /// <typeparam name="TPlan">The plan.</typeparam>
    public SagaOrchestratorBuilder AddPlan<TPlan>()
        where TPlan : Plan
    {
        Services.AddPlan<TPlan>();
        return this;
    }

    /// <summary>Adds a plan.</summary>
    /// <param name="plan">The plan.</param>
    public SagaOrchestratorBuilder AddPlan(Plan plan)
    {
        Services.AddSingleton(plan);
        return this;
    }

    /// <summary>Adds every plan document of a folder, in YAML or JSON.</summary>
    /// <param name="folder">The folder; a relative one is beside the program.</param>
    /// <exception cref="PlanDocumentException">A document is wrong; the message says in one line where.</exception>
    public SagaOrchestratorBuilder AddPlanDocuments(string folder)
    {
        foreach (var document in PlanFolder.Read(Path.Combine(AppContext.BaseDirectory, folder)))
        {
            AddPlan(document.Plan!);
        }

        return this;
    }

    /// <summary>Adds every plan of an assembly: each class that derives from <see cref="Plan{TStart}"/> and can be made.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <exception cref="InvalidOperationException">It has none.</exception>
    public SagaOrchestratorBuilder AddPlansFrom(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        Type[] plans =
        [
            .. assembly
                .GetTypes()
                .Where(type => type is { IsAbstract: false, IsGenericTypeDefinition: false } && type.IsAssignableTo(typeof(Plan))),
        ];
        if (plans.Length == 0)
        {
            throw new InvalidOperationException(
                $"{assembly.GetName().Name} has no plan. Derive a class from Plan<TStart>, or name another assembly in AddPlansFrom(...)."
            );
        }

        Array.ForEach(plans, plan => Services.AddSingleton(typeof(Plan), plan));
        return this;
    }
}

/// <summary>Adds plans to a container.</summary>
public static class PlanServices
{
    /// <summary>Adds a plan, made by the container. Its sagas can be started from the next start-up on.</summary>
    /// <typeparam name="TPlan">The plan.</typeparam>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddPlan<TPlan>(this IServiceCollection services)
        where TPlan : Plan => services.AddSingleton<Plan, TPlan>();
}
