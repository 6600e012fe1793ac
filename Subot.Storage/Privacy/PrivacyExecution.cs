using Subot.Domain;

namespace Subot.Storage.Privacy;

/// <summary>Does what requests ask, and records that it is done. One process may at a time: see <see cref="LeaseName"/>.</summary>
public sealed class PrivacyExecution(IStore store, TimeProvider time)
{
    /// <summary>The lease to hold meanwhile.</summary>
    public const string LeaseName = "privacy";

    // A post whose outcome is not clear by then will not be sent any more.
    private static readonly TimeSpan s_longestUnclear = TimeSpan.FromMinutes(10);

    /// <summary>Does it; the request as it is recorded then.</summary>
    public async Task<PrivacyRequest> RunAsync(PrivacyRequest request, CancellationToken ct)
    {
        var done = request;
        if (request.Erasure is { } erasure)
        {
            var (threads, texts) = await new Eraser(store).EraseAsync(erasure, ct);
            var author = (await ErasedPeople.OfAsync(store, ct)).OfAuthor(request.Author);
            done = done with { Threads = threads, Texts = texts, Author = author, Erasure = erasure with { Person = null } };
        }

        if (request.TextsBefore is { } before)
        {
            done = done with { Texts = await store.ForgetTextsAsync(Ts.Zero, before, ct) };
            await store.ForgetWordsAsync(Ts.Zero, before, replies: true, ct);
        }

        done = done with { DoneAt = time.GetUtcNow() };
        await store.RecordPrivacyRequestAsync(done, ct);
        return done;
    }

    /// <summary>
    /// Frees the disk of what was forgotten, if there is something; false if there is nothing, or it has to be tried again.
    /// </summary>
    public async Task<bool> TryCompactAsync(CancellationToken ct)
    {
        var done = (await store.PrivacyRequestsAsync(ct)).Where(r => r is { DoneAt: not null, CompactedAt: null }).ToList();
        if (done.Count == 0)
            return false;
        // A post that was being sent may have written its words once more.
        if (done.Any(r => r.Erasure is not null) && await new Eraser(store).RewritePostsAsync(await ErasedPeople.OfAsync(store, ct), ct)
            && done.Exists(r => time.GetUtcNow() - r.DoneAt < s_longestUnclear))
            return false;
        if (!await store.CompactAsync(ct))
            return false;
        foreach (var request in done)
            await store.RecordPrivacyRequestAsync(request with { CompactedAt = time.GetUtcNow() }, ct);
        return true;
    }
}
