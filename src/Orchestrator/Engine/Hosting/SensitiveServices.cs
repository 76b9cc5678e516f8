using SagaOrchestrator.Engine.Retention;
using SagaOrchestrator.Engine.Sensitive;
using SagaOrchestrator.Sensitive.Keys;

namespace SagaOrchestrator.Engine.Hosting;

/// <summary>What encrypts the marked values of sagas.</summary>
internal static class SensitiveServices
{
    public static void AddSensitive(this IServiceCollection services, ISensitiveKeys? keys)
    {
        if (keys is null)
        {
            services.AddSingleton(new SensitiveSagas());
            return;
        }

        services.AddSingleton(keys);
        services.AddSingleton<SubjectKeys>().AddSingleton(RewrapKeysJob.Recurring);
        services.AddSingleton(provider => new SensitiveSagas(provider.GetRequiredService<SubjectKeys>()));
    }
}
