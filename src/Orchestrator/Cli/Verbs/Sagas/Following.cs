using System.Globalization;
using System.Text.Json;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Rendering;

namespace SagaOrchestrator.Cli.Verbs.Sagas;

/// <summary>Follows a saga by the server's events, also over a lost connection.</summary>
internal static class Following
{
    private const int Tries = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Shows each entry of the history until the saga has ended, or until it needs somebody.</summary>
    /// <param name="call">The call.</param>
    /// <param name="saga">Its status, as it was seen last.</param>
    /// <param name="untilParked">Whether to go away when an operator is waited for.</param>
    /// <param name="after">Behind which version; null for the whole history.</param>
    /// <param name="since">Only what happened later than that is shown; null for all.</param>
    /// <returns>How the program ends.</returns>
    public static async Task<int> Follow(Call call, JsonElement saga, bool untilParked, long? after = null, DateTimeOffset? since = null)
    {
        var (id, version, failures) = (saga.Text("id")!, after ?? 0, 0);
        while (true)
        {
            try
            {
                await foreach (
                    var item in call.Api.Follow(
                        Operations.FollowSaga,
                        Query.None.With("after", version.ToString(CultureInfo.InvariantCulture)),
                        call.Stop,
                        id
                    )
                )
                {
                    var entry = JsonElement.Parse(item.Data);
                    (version, failures) = (entry.Number("version") ?? version, 0);
                    if (entry.Time("at") <= since)
                    {
                        continue;
                    }

                    Show(call, item.Data, entry);
                    if (untilParked && entry.Text("type") == "saga_parked" && await IsParked(call, id))
                    {
                        break;
                    }
                }

                if (await Ended(call, id, untilParked) is { } exit)
                {
                    return exit;
                }

                // The server has ended the stream, and not the saga.
                await Task.Delay(Pause, call.Stop);
            }
            catch (FailureException exception) when (exception.ExitCode == ExitCode.Unreachable && failures++ < Tries)
            {
                call.Screen.Note($"{exception.Message} It is asked again.");
                await Task.Delay(Pause, call.Stop);
            }
        }
    }

    /// <summary>How the program ends for a saga that has ended; null for one that goes on.</summary>
    public static async Task<int?> Ended(Call call, string id, bool parkedToo)
    {
        var answer = await call.Get(Operations.GetSaga, id);
        var state = answer.Json.Text("state");
        if (state is not ("Completed" or "Failed") && !(parkedToo && state == "Parked"))
        {
            return null;
        }

        if (call.Screen.IsJson)
        {
            call.Screen.Raw(answer.Text);
        }
        else
        {
            call.Screen.Say(SagaView.Line(answer.Json), Cells.StyleOf(state));
        }

        return state == "Completed" ? ExitCode.Done : ExitCode.NotWell;
    }

    private static async Task<bool> IsParked(Call call, string id) =>
        (await call.Get(Operations.GetSaga, id)).Json.Text("state") == "Parked";

    private static void Show(Call call, string data, JsonElement entry)
    {
        if (call.Screen.IsJson)
        {
            call.Screen.Raw(data);
        }
        else
        {
            call.Screen.Say(HistoryGrid.Line(entry));
        }
    }
}
