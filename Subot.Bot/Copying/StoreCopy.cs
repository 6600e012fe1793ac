using Subot.Bot.Apply;
using Subot.Hosting;
using Subot.Storage;

namespace Subot.Bot.Copying;

/// <summary>
/// Copies all that a store holds into another. It may be stopped and run again: what is there already, and the same, is passed over. Nobody
/// else may write into either of them meanwhile.
/// </summary>
internal sealed class StoreCopy(IStore from, IStore to)
{
    private const int PerCommit = 200;

    /// <summary>Copies; tells after each step how many threads are there.</summary>
    /// <exception cref="StartRefusedException">The target holds something else.</exception>
    public async Task RunAsync(Action<int> progress, CancellationToken ct)
    {
        if ((await from.PeekAsync(1, ct)).Count > 0)
            throw new StartRefusedException("Facts wait in the inbox of the source, from an import while a bot ran. Run the bot on it until they are applied, stop it, and copy then.");
        await CopyPrivacyRequestsAsync(ct);
        await CopySettingsAsync(ct);
        var (count, records) = (0, new List<ThreadRecord>(PerCommit));
        await foreach (var record in from.ReadThreadsAsync(null, ct))
        {
            records.Add(record);
            if (records.Count < PerCommit)
                continue;
            await CopyThreadsAsync(records, ct);
            progress(count += records.Count);
            records.Clear();
        }

        await CopyThreadsAsync(records, ct);
        progress(count + records.Count);
        await CopyActionsAsync(ct);
        await CopyPeopleAsync(ct);
        foreach (var channel in await from.ChannelsAsync(ct))
            await to.RecordChannelAsync(channel, ct);
        await to.RecordProjectedWithAsync(await from.ProjectedWithAsync(ct), ct);
    }

    /// <summary>What was forgotten in one must not come from the other.</summary>
    private async Task CopyPrivacyRequestsAsync(CancellationToken ct)
    {
        var (source, target) = (await from.PrivacyRequestsAsync(ct), await to.PrivacyRequestsAsync(ct));
        if (source.FirstOrDefault(r => r.DoneAt is null) is not null)
            throw new StartRefusedException("The source is still to forget something (see 'subot privacy log'). Run the bot on it until that is done, stop it, and copy then.");
        var isNew = (await to.SettingsAsync(ct)).IsEmpty && target.Count == 0;
        if (!isNew && !source.Select(r => r.Id).SequenceEqual(target.Select(r => r.Id)))
            throw new StartRefusedException("People were erased, or texts forgotten, in only one of both. Name an empty target.");
        foreach (var request in source)
            await to.RecordPrivacyRequestAsync(request, ct);
    }

    private async Task CopySettingsAsync(CancellationToken ct)
    {
        var (source, target) = ((await from.SettingsAsync(ct)).Written, (await to.SettingsAsync(ct)).Written);
        if (source.Count < target.Count || !source.Take(target.Count).SequenceEqual(target))
            throw new StartRefusedException("The target holds other settings: it is in use, or was copied from another store. Name an empty one.");
        foreach (var version in source.Skip(target.Count))
        {
            if (!await to.AppendSettingsAsync(version, ct))
                throw new StartRefusedException("Somebody else writes into the target. Stop every bot on it, and run the copy again.");
        }
    }

    private async Task CopyThreadsAsync(List<ThreadRecord> records, CancellationToken ct)
    {
        var known = await to.LoadAsync(records.ConvertAll(r => r.Key), ct);
        var texts = await from.LoadTextsAsync([.. records.SelectMany(r => r.Messages(), (r, m) => new MessageKey(r.Key.Channel, m.Ts))], ct);
        var changes = new List<ThreadChange>();
        var repeated = new List<RepeatedMessage>();
        foreach (var record in records)
        {
            var key = record.Key;
            var there = known.GetValueOrDefault(key);
            var messages = record.Messages().Select(m => m with { Text = texts.GetValueOrDefault(new MessageKey(key.Channel, m.Ts)) });
            if (there is not null && Check.Describe(there.State) == Check.Describe(record.Thread.State))
            {
                repeated.AddRange(messages.Select(m => new RepeatedMessage(key, m)));
                continue;
            }

            changes.Add(new ThreadChange
            {
                State = record.Thread.State,
                ExpectedVersion = there?.Version ?? 0,
                Contribution = record.Contribution,
                Dimensions = record.Dimensions,
                NewFacts = record.Facts,
                ReplacesFacts = there is not null,
                Messages = [.. messages],
            });
        }

        if ((await to.CommitAsync(new ChangeSet { Threads = changes, Repeated = repeated, Now = default, IsCopy = true }, ct)).Count > 0)
            throw new StartRefusedException("Somebody else writes into the target. Stop every bot on it, and run the copy again.");
    }

    private async Task CopyActionsAsync(CancellationToken ct)
    {
        var actions = new List<StoredAction>(PerCommit);
        await foreach (var action in from.ReadActionsAsync(ct))
        {
            actions.Add(action);
            if (actions.Count < PerCommit)
                continue;
            await to.RestoreActionsAsync(actions, ct);
            actions.Clear();
        }

        await to.RestoreActionsAsync(actions, ct);
    }

    private async Task CopyPeopleAsync(CancellationToken ct)
    {
        var people = new List<Person>(PerCommit);
        await foreach (var person in from.ReadPeopleAsync(ct))
        {
            people.Add(person);
            if (people.Count < PerCommit)
                continue;
            await to.RecordPeopleAsync(people, ct);
            people.Clear();
        }

        await to.RecordPeopleAsync(people, ct);
    }
}
