namespace SagaOrchestrator.Engine.Breakers;

/// <summary>An operator has stopped the starting of such sagas. Nothing was started.</summary>
/// <param name="stop">Who, when and why.</param>
internal sealed class StartsStoppedException(BreakerSetting stop)
    : Exception($"Starts of '{stop.Name}' were stopped by {stop.By}: {stop.Reason}")
{
    public BreakerSetting Stop { get; } = stop;
}
