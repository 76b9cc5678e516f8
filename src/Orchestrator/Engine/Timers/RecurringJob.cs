using Quartz;

namespace SagaOrchestrator.Engine.Timers;

/// <summary>A job that the scheduler runs again and again, on one node at a time.</summary>
/// <param name="Job">Its class.</param>
/// <param name="Name">The name of the job and of its trigger.</param>
/// <param name="Every">How often.</param>
/// <param name="First">How long after the start for the first time.</param>
internal sealed record RecurringJob(Type Job, string Name, TimeSpan Every, TimeSpan First)
{
    public static RecurringJob Of<TJob>(string name, TimeSpan every, TimeSpan first = default)
        where TJob : IJob => new(typeof(TJob), name, every, first);
}
