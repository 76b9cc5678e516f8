using SagaOrchestrator.Engine.Alarms;

namespace SagaOrchestrator.Engine.InMemory;

/// <summary>In memory nothing raises alarms: there is no scheduler that would look.</summary>
internal sealed class MemoryAlarms : IAlarms
{
    public Task<IReadOnlyList<AlarmChange>> Update(IReadOnlyList<AlarmCause> causes, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<AlarmChange>>([]);

    public Task<TimeSpan?> SinceLastLook(CancellationToken cancellationToken) => Task.FromResult<TimeSpan?>(TimeSpan.Zero);

    public Task See(Guid node, IReadOnlyList<AlarmCause> causes, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IReadOnlyList<AlarmCause>> Sights(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<AlarmCause>>([]);

    public Task<IReadOnlyList<Alarm>> Read(bool isStanding, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Alarm>>([]);
}
