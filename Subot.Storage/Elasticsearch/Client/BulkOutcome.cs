namespace Subot.Storage.Elasticsearch.Client;

/// <summary>How a write of a bulk ended.</summary>
internal enum BulkOutcomeKind
{
    /// <summary>It is stored.</summary>
    Done,

    /// <summary>Its guard failed: somebody else wrote, or the same write had come through already. Look again.</summary>
    Conflict,

    /// <summary>There was nothing to delete.</summary>
    NotFound,

    /// <summary>It is not stored; the reason says why.</summary>
    Failed,
}

/// <summary>What came of one write of a bulk.</summary>
/// <param name="Version">The write's version, if it is done.</param>
/// <param name="Reason">Why it failed and what to do, without any text of the document.</param>
internal readonly record struct BulkOutcome(BulkOutcomeKind Kind, DocumentVersion Version, string? Reason)
{
    /// <summary>Whether there was no such document before.</summary>
    public bool IsNew { get; init; }

    /// <summary>Whether a write that failed may succeed later.</summary>
    public bool MayPass { get; init; }
}
