using System.CommandLine;
using System.Text.Json;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Verbs.Sagas;

namespace SagaOrchestrator.Cli.Verbs.Acting;

/// <summary>Waiting for what comes of an action.</summary>
internal sealed class Waiting
{
    /// <summary>What is called meanwhile.</summary>
    public static readonly Operation[] Needs = [Operations.GetSaga, Operations.FollowSaga];

    public Option<bool> Option { get; } =
        new("--wait") { Description = "Wait until the saga has ended or is parked; status 4 unless it completes." };

    /// <summary>Shows what came of it, now or in the end.</summary>
    /// <param name="call">The call.</param>
    /// <param name="answer">The saga's status after it.</param>
    /// <param name="since">When the saga had changed last before it; null for a start.</param>
    /// <param name="show">How it is shown now.</param>
    public async Task<int> For(Call call, ApiAnswer answer, DateTimeOffset? since, Action<JsonElement> show)
    {
        call.Show(answer, show);
        if (!call.Value(Option))
        {
            return ExitCode.Done;
        }

        return answer.Json.Text("state") is "Completed" or "Failed" or "Parked"
            ? await Following.Ended(call, answer.Json.Text("id")!, parkedToo: true) ?? ExitCode.NotWell
            : await Following.Follow(call, answer.Json, untilParked: true, since: since);
    }
}
