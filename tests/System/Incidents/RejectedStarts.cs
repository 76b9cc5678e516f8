using System.Net.Http.Json;
using System.Text.Json;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Incidents;

/// <summary>Starts that somebody rejects in the broker's console while the orchestrator is away.</summary>
internal static class RejectedStarts
{
    /// <summary>Publishes starts, and rejects them.</summary>
    public static async Task Make(Sandbox sandbox, int count)
    {
        for (var number = 0; number < count; number++)
        {
            var start = Envelope.Of("SagaOrchestrator.Messages.Orders.OrderFulfillment:StartOrderFulfillment", Order.Of(), Guid.NewGuid());
            await sandbox.Publish("orchestrator", start);
        }

        // Of more at once, the broker would put some back.
        int taken;
        do
        {
            var answer = await sandbox.Console.PostAsJsonAsync(
                $"/api/queues/{sandbox.Name}/orchestrator/get",
                new
                {
                    count = 16,
                    ackmode = "reject_requeue_false",
                    encoding = "auto",
                }
            );
            taken = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetArrayLength();
        } while (taken > 0);
    }
}
