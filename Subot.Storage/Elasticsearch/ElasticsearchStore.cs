using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using Subot.Domain;
using Subot.Storage.Elasticsearch.Client;

namespace Subot.Storage.Elasticsearch;

/// <summary>
/// The store that scales. A thread is one document, written under a guard, so that several bots may share it; what belongs to no thread is
/// created once, or changed under a guard too. Whatever has to be right is read in real time by its id; searches only say where to look.
/// </summary>
public sealed partial class ElasticsearchStore : IStore
{
    /// <summary>How long a lease is held without being renewed.</summary>
    public static readonly TimeSpan LeaseLength = TimeSpan.FromSeconds(15);

    // The server refreshes its indices every second by itself, and each further refresh costs it as much as many writes.
    private static readonly TimeSpan s_freshness = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_slowestWrite = TimeSpan.FromSeconds(5);

    private readonly ElasticsearchClient _client;
    private readonly Indices _indices;
    private readonly TimeProvider _time;
    private readonly TimeSpan _freshness;
    private readonly SemaphoreSlim _refreshing = new(1);
    private long _written;
    private long _refreshed;
    private long _refreshedAt;
    private int _closed;

    private ElasticsearchStore(ElasticsearchClient client, Indices indices, TimeProvider time, TimeSpan freshness)
    {
        _client = client;
        _indices = indices;
        _time = time;
        _freshness = freshness;
        _recent = new Recent(time);
        _lateThreads = new(time);
        _lateMessages = new(time);
        _newest = new(Ts.From(time.GetUtcNow()));
    }

    /// <summary>Opens the store, and creates its indices if there are none.</summary>
    /// <exception cref="StoreException">The server cannot be reached, refuses, or holds what a newer program wrote.</exception>
    public static Task<ElasticsearchStore> OpenAsync(ElasticsearchOptions options, TimeProvider time, ILogger? log, CancellationToken ct) =>
        OpenAsync(options, time, s_freshness, log, ct);

    /// <summary>Makes sure that there is a store; creates nothing.</summary>
    /// <exception cref="StoreException">There is none, or the server cannot be reached or refuses.</exception>
    public static async Task RequireExistingAsync(ElasticsearchOptions options, TimeProvider time, CancellationToken ct)
    {
        using var client = new ElasticsearchClient(options, time);
        await client.ConnectAsync(ct);
        if (await new Indices(options.IndexPrefix).ExistAsync(client, ct))
            return;
        // Its own may be among them, while a bot makes its indices.
        var others = (await Indices.PrefixesAsync(client, ct)).Where(p => p != options.IndexPrefix).ToList();
        throw new StoreException(
            $"There is no store with the prefix '{options.IndexPrefix}' at {options.Servers}; {(others.Count == 0 ? "there is none at all" : $"there are: {string.Join(", ", others)}")}. "
            + "Name its prefix with SUBOT_INDEX_PREFIX, or fill one with 'subot import' or by running the bot.", mayPass: false);
    }

    /// <param name="freshness">How old what searches find may be at most.</param>
    internal static async Task<ElasticsearchStore> OpenAsync(
        ElasticsearchOptions options, TimeProvider time, TimeSpan freshness, ILogger? log, CancellationToken ct)
    {
        var client = new ElasticsearchClient(options, time, log);
        try
        {
            await client.ConnectAsync(ct);
            var indices = new Indices(options.IndexPrefix);
            await indices.PrepareAsync(client, ct);
            var store = new ElasticsearchStore(client, indices, time, freshness);
            await store.FindUnfinishedAsync(ct);
            await store.FinishCreatingAsync(ct);
            return store;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 1)
            return;
        await ReleaseAsync();
        try
        {
            // Whoever looks next finds everything.
            if (_written != _refreshed)
                await _client.RefreshAsync(_indices.All, CancellationToken.None);
        }
        catch (StoreException)
        {
            // They find it within a second.
        }

        _refreshing.Dispose();
        _creating.Dispose();
        _client.Dispose();
    }

    /// <summary>
    /// Makes searches find what this process has written, but for the last seconds. Mostly they find it within a second anyway, and what
    /// others wrote too.
    /// </summary>
    private async Task RefreshAsync(CancellationToken ct)
    {
        if (IsFresh())
            return;
        await _refreshing.WaitAsync(ct);
        try
        {
            // Whoever waited for another's refresh may need none.
            if (IsFresh())
                return;
            var written = Interlocked.Read(ref _written);
            // What is noted is written a little later: as late as any write may be, it is kept a while longer.
            var began = _time.GetTimestamp();
            var before = began - (long)(s_slowestWrite.TotalSeconds * _time.TimestampFrequency);
            await _client.RefreshAsync(_indices.All, ct);
            _recent.Forget(before);
            Interlocked.Exchange(ref _refreshedAt, began);
            Interlocked.Exchange(ref _refreshed, written);
        }
        finally
        {
            _refreshing.Release();
        }
    }

    private bool IsFresh() => Interlocked.Read(ref _written) == Interlocked.Read(ref _refreshed)
        || (Interlocked.Read(ref _refreshedAt) is var last and not 0 && _time.GetElapsedTime(last) < _freshness);

    /// <summary>Writes items that have to be written, but for those that give way to what is there.</summary>
    private async Task<IReadOnlyList<BulkOutcome>> WriteAsync(List<BulkItem> items, CancellationToken ct)
    {
        var outcomes = await TryWriteAsync(items, ct);
        ThrowIfFailed(outcomes);
        return outcomes;
    }

    private async Task<IReadOnlyList<BulkOutcome>> TryWriteAsync(List<BulkItem> items, CancellationToken ct)
    {
        if (items.Count == 0)
            return [];
        try
        {
            return await _client.BulkAsync(items, ct);
        }
        finally
        {
            // Whatever came of it, something may be there.
            Interlocked.Increment(ref _written);
        }
    }

    private static void ThrowIfFailed(IEnumerable<BulkOutcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            if (outcome.Kind == BulkOutcomeKind.Failed)
                throw new StoreException($"Elasticsearch did not store a document: {outcome.Reason}", outcome.MayPass);
        }
    }

    private async Task<Document<T>?> GetAsync<T>(string index, string id, JsonTypeInfo<T> type, CancellationToken ct) =>
        (await _client.MultiGetAsync(index, [id], type, ct))[0];

    /// <summary>Changes a document under its guard, again and again until nobody comes in between.</summary>
    /// <param name="change">What it is to be; null: it stays as it is. It may be asked several times.</param>
    /// <returns>Whether it was changed.</returns>
    private async Task<bool> ChangeAsync<T>(string index, string id, JsonTypeInfo<T> type, Func<T?, T?> change, CancellationToken ct)
        where T : class
    {
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            var known = await GetAsync(index, id, type, ct);
            if (change(known?.Source) is not { } changed)
                return false;
            var body = JsonSerializer.SerializeToUtf8Bytes(changed, type);
            BulkItem item = known is null ? new BulkCreate(index, id, body) : new BulkIndex(index, id, body, known.Version);
            if ((await WriteAsync([item], ct))[0].Kind == BulkOutcomeKind.Done)
                return true;
        }
    }
}
