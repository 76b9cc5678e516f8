using MassTransit;
using MassTransit.Configuration;

namespace SagaOrchestrator.Chaos.Plants;

/// <summary>Runs the handler of one message in ten again inside its unit of work, as if its first attempt had failed.</summary>
internal sealed class TwiceInOneUnit : ConfigurationObserver, IMessageConfigurationObserver
{
    private const int Every = 10;

    public TwiceInOneUnit(IConsumePipeConfigurator configurator)
        : base(configurator) => Connect(this);

    public void MessageConfigured<TMessage>(IConsumePipeConfigurator configurator)
        where TMessage : class => configurator.UseFilter(new Twice<TMessage>());

    private sealed class Twice<T> : IFilter<ConsumeContext<T>>
        where T : class
    {
        public async Task Send(ConsumeContext<T> context, IPipe<ConsumeContext<T>> next)
        {
            await next.Send(context);
            if (context.MessageId is { } id && id.ToByteArray()[0] % Every == 0)
            {
                await next.Send(context);
            }
        }

        public void Probe(ProbeContext context) => context.CreateFilterScope("twice");
    }
}
