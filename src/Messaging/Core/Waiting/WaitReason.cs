namespace SagaOrchestrator.Messaging.Waiting;

/// <summary>Why a message waits in the database. The words are in the column <c>reason</c>.</summary>
internal static class WaitReason
{
    /// <summary>A node of another build can handle it.</summary>
    public const string AnotherBuild = "another-build";

    /// <summary>What it is for is not there, and may come yet.</summary>
    public const string Orphan = "orphan";

    /// <summary>Something that its handler needs is away.</summary>
    public const string Outage = "outage";

    /// <summary>It was redelivered several times, and may be killing its consumer.</summary>
    public const string Suspect = "suspect";
}
