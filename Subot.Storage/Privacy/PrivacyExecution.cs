using Subot.Domain;

namespace Subot.Storage.Privacy;

/// <summary>Does what a request asks, and records that it is done.</summary>
public sealed class PrivacyExecution(IStore store, TimeProvider time)
{
    /// <summary>Does it; the request as it is recorded then.</summary>
    /// <param name="settingsChanged">Told when versions of the settings were written anew.</param>
    public async Task<PrivacyRequest> RunAsync(PrivacyRequest request, Func<Task> settingsChanged, CancellationToken ct)
    {
        var done = request;
        if (request.Erasure is { } erasure)
        {
            var (threads, texts) = await new Eraser(store).EraseAsync(erasure, settingsChanged, ct);
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

    /// <summary>Frees the disk of what was forgotten, if there is something; false if there is nothing, or it has to be tried again.</summary>
    public async Task<bool> TryCompactAsync(CancellationToken ct)
    {
        var done = (await store.PrivacyRequestsAsync(ct)).Where(r => r is { DoneAt: not null, CompactedAt: null }).ToList();
        if (done.Count == 0 || !await store.CompactAsync(ct))
            return false;
        foreach (var request in done)
            await store.RecordPrivacyRequestAsync(request with { CompactedAt = time.GetUtcNow() }, ct);
        return true;
    }
}
