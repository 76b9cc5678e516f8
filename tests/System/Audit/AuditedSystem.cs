using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Audit;

/// <summary>A system whose auditor runs every second and may read the fences.</summary>
internal static class AuditedSystem
{
    public static Task<RunningSystem> Start() =>
        RunningSystem.Start(settings =>
        {
            settings["Audit:Every"] = "00:00:01";
            settings["Audit:LostAfter"] = "00:00:05";
            settings["ConnectionStrings:Fences"] = settings["ConnectionStrings:Migrator"];
            settings["Audit:Fences:0"] = "inventory";
            settings["Audit:Fences:1"] = "payments=payments";
            settings["OrderFulfillment:StepTimeout"] = "00:10:00";
            settings["OrderFulfillment:Attempts"] = "3";
            settings["OrderFulfillment:FirstRetryDelay"] = "00:00:00.200";
        });
}
