namespace Subot.Storage.Elasticsearch.Client;

/// <summary>One write of a bulk.</summary>
internal abstract record BulkItem(string Index, string Id)
{
    /// <summary>
    /// Whether it may be sent again when nobody knows if it was applied: if it was, the second time it conflicts, or finds nothing to
    /// delete. A plain write would cover up what somebody else wrote in between.
    /// </summary>
    public abstract bool IsGuarded { get; }
}

/// <summary>Writes a document that must not exist yet.</summary>
/// <param name="Body">The document: UTF-8 JSON on one line.</param>
internal sealed record BulkCreate(string Index, string Id, ReadOnlyMemory<byte> Body) : BulkItem(Index, Id)
{
    /// <inheritdoc/>
    public override bool IsGuarded => true;
}

/// <summary>Writes a whole document.</summary>
/// <param name="Body">The document: UTF-8 JSON on one line.</param>
/// <param name="IfVersion">Only if this is still its newest write.</param>
/// <param name="ExternalVersion">Only if the stored version of the caller's own counting is not higher.</param>
internal sealed record BulkIndex(
    string Index, string Id, ReadOnlyMemory<byte> Body, DocumentVersion? IfVersion = null, long? ExternalVersion = null)
    : BulkItem(Index, Id)
{
    /// <inheritdoc/>
    public override bool IsGuarded => IfVersion is not null || ExternalVersion is not null;
}

/// <summary>Deletes a document.</summary>
/// <param name="IfVersion">Only if this is still its newest write.</param>
internal sealed record BulkDelete(string Index, string Id, DocumentVersion? IfVersion = null) : BulkItem(Index, Id)
{
    /// <inheritdoc/>
    public override bool IsGuarded => true;
}
