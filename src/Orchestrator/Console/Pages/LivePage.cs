using Microsoft.AspNetCore.Components;
using SagaOrchestrator.Console.Api;
using SagaOrchestrator.Console.Hosting;

namespace SagaOrchestrator.Console.Pages;

/// <summary>
/// A page that reads what it shows again and again. When that fails it says so in a line, with the next move, and goes on showing what it
/// has seen last and of when that is.
/// </summary>
public abstract class LivePage : ComponentBase, IAsyncDisposable
{
    private const string Handed = "page";

    private readonly CancellationTokenSource end = new();
    private readonly CancellationToken ended;
    private PersistingComponentStateSubscription subscription;
    private Task reading = Task.CompletedTask;
    private Seen? last;

    /// <summary>A page that has read nothing yet.</summary>
    protected LivePage() => ended = end.Token;

    [Inject]
    private protected ApiClient Api { get; set; } = null!;

    [Inject]
    private protected NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private Handover Handover { get; set; } = null!;

    [Inject]
    private PersistentComponentState Persistent { get; set; } = null!;

    /// <summary>Why the last reading failed; null when it did not.</summary>
    private protected ApiFailureException? Failure { get; private set; }

    /// <summary>When what is shown was read; null when nothing was.</summary>
    private protected DateTimeOffset? SeenAt { get; private set; }

    /// <summary>Ends with the page.</summary>
    private protected CancellationToken End => ended;

    private protected virtual TimeSpan Pace => TimeSpan.FromSeconds(5);

    /// <summary>Reads what is shown.</summary>
    private protected abstract Task<object> Read(CancellationToken cancellationToken);

    /// <summary>Shows what was read.</summary>
    private protected abstract void Show(object facts);

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        subscription = Persistent.RegisterOnPersisting(HandOver);
        if (Persistent.TryTakeFromJson<Guid>(Handed, out var key) && Handover.Take(key) is Seen seen)
        {
            Take(seen);
        }
        else
        {
            await Refresh();
        }

        if (RendererInfo.IsInteractive)
        {
            reading = KeepReading();
        }
    }

    /// <summary>Reads it now.</summary>
    private protected async Task Refresh()
    {
        try
        {
            Take(new Seen(await Read(End), DateTimeOffset.UtcNow));
        }
        catch (ApiFailureException failure)
        {
            Failure = failure;
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The page is left.
        }
    }

    /// <summary>Reads it now and shows it, from whatever thread.</summary>
    private protected Task RefreshAndShow() =>
        InvokeAsync(async () =>
        {
            await Refresh();
            StateHasChanged();
        });

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        subscription.Dispose();
        await end.CancelAsync();
        await reading;
        end.Dispose();
    }

    private Task HandOver()
    {
        if (last is not null)
        {
            Persistent.PersistAsJson(Handed, Handover.Give(last));
        }

        return Task.CompletedTask;
    }

    private void Take(Seen seen)
    {
        (last, SeenAt, Failure) = (seen, seen.At, null);
        Show(seen.Facts);
    }

    private async Task KeepReading()
    {
        using var timer = new PeriodicTimer(Pace);
        try
        {
            while (await timer.WaitForNextTickAsync(End))
            {
                await RefreshAndShow();
            }
        }
        catch (OperationCanceledException)
        {
            // The page is left.
        }
    }

    private sealed record Seen(object Facts, DateTimeOffset At);
}
