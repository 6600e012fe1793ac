using Subot.Bot.Apply;
using Subot.Bot.Privacy;
using Subot.Bot.Settings;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Settings;
using Subot.Hosting;
using Subot.Hosting.Configuration;
using Subot.Storage;
using Subot.Storage.Elasticsearch.Legacy;

namespace Subot.Bot.Importing.Legacy;

/// <summary>How much was imported.</summary>
internal sealed record LegacyCount(int Threads, int Messages, int Reactions, int Votes, int Corrections);

/// <summary>
/// Imports what the first Subot stored. An import repeats nothing: facts that are known are known, settings are written once.
/// </summary>
/// <param name="forgetting">What must not be stored.</param>
internal sealed class LegacyImport(LegacyData data, ChannelId channel, IStore store, Forgetting forgetting, TimeProvider time)
{
    /// <summary>Who made the settings, and the corrections.</summary>
    public const string Author = "import-legacy";

    private const int PerBatch = 2000;

    /// <summary>What was not carried over, or only with a difference.</summary>
    public LegacyReport Report { get; } = new();

    /// <summary>Imports all of it.</summary>
    /// <param name="progress">Told after each batch how many threads are done, of how many.</param>
    /// <exception cref="StartRefusedException">The store has settings of its own; nothing was written.</exception>
    public async Task<LegacyCount> RunAsync(SettingsParameters environment, Action<int, int> progress, CancellationToken ct)
    {
        var threads = LegacyThread.Of(channel, data.Messages, Report);
        var people = new LegacyPeople(data, threads, Report);
        var settings = await SettleAsync(new LegacySettings(data, threads, people, channel, Report).Versions(environment), environment, ct);
        await Reprojection.RunIfNeededAsync(store, settings, ct);

        await store.RecordPeopleAsync(forgetting.Erased.Without(people.Known), ct);
        var facts = new LegacyFacts(channel, people.Self, settings, Report);
        var batch = new List<Arrival>();
        var kinds = new Dictionary<FactKind, int>();
        var (first, end) = (Ts.Max, Ts.Zero);
        for (var i = 0; i < threads.Count; i++)
        {
            var arrivals = facts.Of(threads[i]);
            batch.AddRange(arrivals);
            foreach (var (kind, count) in arrivals.CountBy(a => a.Fact.Kind))
                kinds[kind] = kinds.GetValueOrDefault(kind) + count;
            (first, end) = (threads[i].Key.Root < first ? threads[i].Key.Root : first, threads[i].LastMessage > end ? threads[i].LastMessage : end);
            if (batch.Count < PerBatch && i + 1 < threads.Count)
                continue;
            await ApplyAsync(batch, settings, ct);
            batch.Clear();
            progress(i + 1, threads.Count);
        }

        await ApplyAsync(await Expiry.DueAsync(store, channel, settings, Ts.From(time.GetUtcNow()), int.MaxValue, ct), settings, ct);
        if (end > Ts.Zero)
            await ImportedStretch.RecordAsync(store, channel, channel.Value, first, end, ct);
        while (await store.PackAsync(ct))
        {
        }

        TellWhatSubotHasNot();
        return new LegacyCount(
            threads.Count,
            kinds.GetValueOrDefault(FactKind.Message),
            kinds.GetValueOrDefault(FactKind.ReactionAdded) + kinds.GetValueOrDefault(FactKind.ReactionRemoved) + kinds.GetValueOrDefault(FactKind.Snapshot),
            kinds.GetValueOrDefault(FactKind.Vote),
            kinds.GetValueOrDefault(FactKind.Correction));
    }

    /// <summary>Writes the settings into an empty store, as many of them as an import that was stopped did not.</summary>
    private async Task<SettingsHistory> SettleAsync(
        IReadOnlyList<(Ts From, TeamSettings Settings)> versions, SettingsParameters environment, CancellationToken ct)
    {
        var history = await store.SettingsAsync(ct);
        var made = history.Written.Count(v => v.Author == Author);
        if (made == 0 && !history.IsEmpty)
        {
            throw new StartRefusedException(
                "The store has settings already: import into a new one (--data DIR), which no bot and no other import has used. What was set since can follow with "
                + "'subot settings export' there and 'subot settings import' here, messages by the bot itself when it catches up, or by 'subot import' of an export.");
        }

        if (versions.SelectMany(v => SettingsRules.Problems(v.Settings)).Distinct().ToList() is { Count: > 0 } problems && made == 0)
            throw new StartRefusedException(string.Join(Environment.NewLine, problems));
        foreach (var (from, settings) in versions.Skip(made).Take(made < history.Written.Count ? 0 : int.MaxValue))
        {
            var version = new SettingsVersion(++made, from, settings, Author) { WrittenAt = time.GetUtcNow(), Environment = environment.Texts };
            if (!await store.AppendSettingsAsync(forgetting.Erased.Of(version), ct))
                throw new StartRefusedException("The settings were changed by somebody else at the same time. Stop the bot, and run the import again.");
        }

        return await store.SettingsAsync(ct);
    }

    private async Task ApplyAsync(IReadOnlyList<Arrival> arrivals, SettingsHistory settings, CancellationToken ct)
    {
        if (arrivals.Count > 0)
            await new ApplyBatch(store, ReplyPolicy.None, forgetting).ApplyAsync(arrivals, settings, Ts.From(time.GetUtcNow()), ct);
    }

    private void TellWhatSubotHasNot()
    {
        foreach (var message in data.Messages.Where(m => m.IsClassified))
            Report.Lost("messages with findings of the classifier (ai_tools, ai_labels)", message.Ts);
        foreach (var (index, count) in data.Unused.Where(i => i.Value > 0))
            Report.Lost("indices that the first Subot never read", $"{index} ({count} documents)");
    }
}
