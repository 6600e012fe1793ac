namespace Subot.Storage.Elasticsearch;

/// <summary>A document that this program did not write.</summary>
internal static class Damage
{
    public static StoreException Of(string id) => new(
        $"The document '{id}' is none of Subot's, or damaged. Restore the indices from a snapshot, or set SUBOT_INDEX_PREFIX to a prefix that nothing else uses.",
        mayPass: false);
}
