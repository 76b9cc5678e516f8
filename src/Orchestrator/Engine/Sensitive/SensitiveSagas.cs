using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Explanations.Facts;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Plans;
using SagaOrchestrator.Plans.Running;
using SagaOrchestrator.Sensitive.Keys;
using SagaOrchestrator.Sensitive.Sealing;

namespace SagaOrchestrator.Engine.Sensitive;

/// <summary>
/// Encrypts what is kept of sagas whose plan has marks, and opens it for their plan. Only such plans come here: for the others each caller
/// sees that <see cref="Plan.Marks"/> is null, and does as if there were no keys.
/// </summary>
/// <param name="keys">The keys of subjects; null in memory without a ring, where everything stays plain.</param>
internal sealed class SensitiveSagas(SubjectKeys? keys = null)
{
    /// <summary>Whether anything is encrypted here.</summary>
    public bool IsOn => keys is not null;

    /// <summary>Whether a plan's sagas are encrypted.</summary>
    public bool Covers(Plan plan) => plan.Marks is not null && IsOn;

    /// <summary>A start as it is to be kept.</summary>
    public async ValueTask<StartRequest> Close(StartRequest request, Guid sagaId, CancellationToken cancellationToken)
    {
        if (request.Plan.Marks is not { } marks || keys is null)
        {
            return request;
        }

        var data = JsonElement.Parse(request.Data);
        var key = await keys.Of(marks.SubjectOf(data), cancellationToken);
        return request with
        {
            Data = Encoding.UTF8.GetString(new SealedDocument(marks.Start, sagaId, SealedPlace.Start).Close(data, key)),
            DataHash = StartHash.Of(marks.Start, request.Data, key),
        };
    }

    /// <summary>Whether a start is the one that a saga was started with (rule S29).</summary>
    public async ValueTask<bool> IsStartedWith(SagaInstance saga, StartRequest request, CancellationToken cancellationToken) =>
        keys is not null && request.Plan.Marks is { } marks && StartHash.KeyOf(saga.DataHash) is { } id
            ? StartHash.IsOf(saga.DataHash, marks.Start, request.Data, await keys.Find(id, cancellationToken))
            : saga.IsStartedWith(request);

    /// <summary>A saga with what of it is encrypted readable, for its plan. Null when nothing of it is.</summary>
    public async ValueTask<OpenSaga?> Open(SagaInstance saga, Plan plan, CancellationToken cancellationToken)
    {
        if (plan.Marks is not { } marks || keys is null)
        {
            return null;
        }

        var key = StartHash.KeyOf(saga.DataHash) is { } id
            ? await keys.Find(id, cancellationToken)
            : await keys.Of(marks.SubjectOf(JsonElement.Parse(saga.Data)), cancellationToken);
        try
        {
            return OpenSaga.Of(saga, plan, marks, key);
        }
        catch (CryptographicException exception)
        {
            throw new StoredDataException(
                $"An encrypted value of saga {saga.CorrelationId} cannot be opened: it was changed, or moved from elsewhere.",
                exception
            );
        }
    }

    /// <summary>A saga for a look at what would follow: as its plan sees it, and with which values the plan decides.</summary>
    public async ValueTask<(SagaView View, MarkedValues Values)> Look(SagaInstance saga, Plan plan, CancellationToken cancellationToken)
    {
        try
        {
            return await Open(saga, plan, cancellationToken) is { } open
                ? (open.View, open.IsForgotten ? MarkedValues.Forgotten : MarkedValues.Known)
                : (saga.View(), MarkedValues.Known);
        }
        catch (Exception exception) when (exception is TransientException or StoredDataException)
        {
            return (saga.View(), MarkedValues.Unread);
        }
    }
}
