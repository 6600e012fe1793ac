using Subot.Api.Answers;
using Subot.Api.Contracts.Threads;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Numbers;
using Subot.Domain.Settings;
using Subot.Storage;

namespace Subot.Api.Threads;

/// <summary>Tells a thread with everything that happened to it.</summary>
internal sealed class ThreadDetails(IThreadStore store, PeopleNames people, TimeProvider time)
{
    public async Task<ThreadDetail> OfAsync(ReadThread thread, SettingsHistory settings, CancellationToken ct)
    {
        var (state, key) = (thread.State, thread.State.Key);
        var texts = await store.LoadTextsAsync([.. thread.Facts.OfType<MessageFact>().Select(m => new MessageKey(key.Channel, m.Time))], ct);
        var item = ThreadWords.Of(
            state, Contribution.Of(state, settings), Dimensions.Of(state, settings), new AsOf(Ts.From(time.GetUtcNow()), settings), texts.GetValueOrDefault(new MessageKey(key.Channel, key.Root)));
        List<ThreadFact> told = [.. thread.Facts.Order(Comparer<Fact>.Create(Fact.Compare)).Select(f => ThreadWords.Of(f, key.Channel, texts))];
        return new ThreadDetail(item, told, await people.OfAsync([.. NamedIn.Item(item), .. told.SelectMany(NamedIn.Fact)], ct));
    }
}
