using SagaOrchestrator.Documents;
using SagaOrchestrator.Documents.Reading;
using SagaOrchestrator.Engine.Operating;
using SagaOrchestrator.Engine.PlanDocuments;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Plans.Versions;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Engine.Control;

/// <summary>Plans as documents, registered while nodes run. Every node has one a few seconds after it was registered at any.</summary>
public sealed class SagaPlanDocuments
{
    private readonly PlanCatalogue plans;
    private readonly IPlanDocuments? documents;
    private readonly PlanDocumentWatch? watch;
    private readonly IPlanVersions? versions;

    internal SagaPlanDocuments(PlanCatalogue plans, IPlanDocuments? documents, PlanDocumentWatch? watch, IPlanVersions? versions) =>
        (this.plans, this.documents, this.watch, this.versions) = (plans, documents, watch, versions);

    /// <summary>Whether any can be registered; not in memory, where there is nothing to keep them in.</summary>
    public bool CanBeRegistered => documents is not null;

    private IPlanDocuments Kept => documents ?? throw new InvalidOperationException("In memory no plan documents can be registered.");

    /// <summary>Every one that was registered, the oldest first.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<IReadOnlyList<StoredPlanDocument>> List(CancellationToken cancellationToken) => Kept.Read([], cancellationToken);

    /// <summary>One; null when there is none.</summary>
    /// <param name="type">The plan's name.</param>
    /// <param name="version">Its version.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<StoredPlanDocument?> Find(string type, int version, CancellationToken cancellationToken) =>
        Kept.Find(type, version, cancellationToken);

    /// <summary>Registers a document. What says the same as one that is there changes nothing.</summary>
    /// <param name="text">The document.</param>
    /// <param name="note">Who acts, and why.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<PlanDocumentAnswer> Register(string text, OperatorNote note, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(note);
        var document = PlanDocument.Read(text);
        if (document.Plan is not { } plan)
        {
            return new PlanDocumentAnswer.Invalid(document.Findings);
        }

        var (type, version) = (plan.Type, plan.Definition.Version);
        if (await Kept.Find(type, version, cancellationToken) is { } same)
        {
            return Compare(document, same);
        }

        if (await Objection(plan, cancellationToken) is { } objection)
        {
            return new PlanDocumentAnswer.Refused(objection);
        }

        var added = await Kept.Add(
            new NewPlanDocument(type, version, text, document.Hash, plan.Definition.Fingerprint),
            note,
            cancellationToken
        );
        if (await Kept.Find(type, version, cancellationToken) is not { } stored)
        {
            return new PlanDocumentAnswer.Refused(
                "There are as many plan documents as there may be, which are 1000. Use another database."
            );
        }

        await watch!.Look(cancellationToken);
        return added ? new PlanDocumentAnswer.Registered(stored) : Compare(document, stored);
    }

    private static PlanDocumentAnswer Compare(PlanDocument document, StoredPlanDocument stored) =>
        document.Hash == stored.Hash ? new PlanDocumentAnswer.Unchanged(stored) : new PlanDocumentAnswer.Changed(stored);

    private async Task<string?> Objection(Plan plan, CancellationToken cancellationToken)
    {
        var (type, version) = (plan.Type, plan.Definition.Version);
        if (plans.All.Any(known => known.Type == type))
        {
            var registered = (await Kept.Read([], cancellationToken)).Select(stored => (stored.Type, stored.Version)).ToHashSet();
            if (plans.All.Any(known => known.Type == type && !registered.Contains((type, known.Definition.Version))))
            {
                return $"The plan '{type}' is part of this host, as a class or in its folder. Give the document another name.";
            }
        }

        var known = (await versions!.Read(cancellationToken)).FirstOrDefault(known => known.Type == type && known.Version == version);
        return known is { Fingerprint: { } fingerprint, UnderWay: > 0 } && fingerprint != plan.Definition.Fingerprint
            ? $"{known.UnderWay} sagas are under way on '{type}' version {version}, which has another structure. Raise the version."
            : plans.Objection([plan]);
    }
}

/// <summary>What came of registering a document.</summary>
public abstract record PlanDocumentAnswer
{
    private PlanDocumentAnswer() { }

    /// <summary>It is registered.</summary>
    public sealed record Registered(StoredPlanDocument Document) : PlanDocumentAnswer;

    /// <summary>One that says the same is there already.</summary>
    public sealed record Unchanged(StoredPlanDocument Document) : PlanDocumentAnswer;

    /// <summary>Something is wrong with it.</summary>
    public sealed record Invalid(IReadOnlyList<PlanFinding> Findings) : PlanDocumentAnswer;

    /// <summary>One of this version is there that says otherwise.</summary>
    public sealed record Changed(StoredPlanDocument Document) : PlanDocumentAnswer;

    /// <summary>It does not go together with the plans that there are.</summary>
    public sealed record Refused(string Reason) : PlanDocumentAnswer;
}
