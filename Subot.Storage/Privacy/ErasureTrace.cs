using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;
using Subot.Domain.Settings;

namespace Subot.Storage.Privacy;

/// <summary>What of a thread names a person, and how it reads without them.</summary>
/// <param name="IsNamed">Whether it is known to; else only a text goes of which nobody knows whose it is.</param>
public sealed record ErasureTrace(ThreadRecord Record, IReadOnlyList<Fact> Facts, IReadOnlyList<StoredMessage> Texts, bool IsNamed)
{
    /// <summary>Own texts of the person: they go. The others mention the person.</summary>
    public int OwnTexts => Texts.Count(t => t.Text is null);

    /// <summary>Looks through a thread.</summary>
    /// <param name="erased">The person, erased.</param>
    /// <returns>Null: nothing names the person.</returns>
    public static ErasureTrace? Find(ThreadRecord record, IReadOnlyDictionary<MessageKey, string> texts, ErasedPeople erased)
    {
        // While a person is erased the same event may come under either id.
        List<Fact> facts = [.. record.Facts.Select(erased.Renaming.Of).DistinctBy(f => (f.Time, f.Kind, f.Key))];
        // An edit does not tell whose it is. If its message is not known, it may be the person's.
        var others = facts.OfType<MessageFact>().Where(m => m.Author is not { IsErased: true }).Select(m => m.Time).ToHashSet();
        var known = facts.OfType<MessageFact>().Select(m => m.Time).ToHashSet();
        var changed = record.Messages()
            .Select(m => (Message: m, Text: texts.GetValueOrDefault(new MessageKey(record.Key.Channel, m.Ts))))
            .Where(m => m.Text is not null)
            // As a deleted one's: no later word is as late.
            .Select(m => (m.Text, After: others.Contains(m.Message.Ts) ? m.Message with { Text = erased.Renaming.Of(m.Text!) } : m.Message with { Since = Ts.Max }))
            .Where(m => m.Text != m.After.Text)
            .Select(m => m.After)
            .ToList();
        var isNamed = !facts.SequenceEqual(record.Facts) || changed.Exists(m => known.Contains(m.Ts));
        if (changed.Count == 0 && !isNamed)
            return null;
        facts.Sort(Fact.Compare);
        return new ErasureTrace(record, facts, changed, isNamed);
    }

    /// <summary>The thread without the person.</summary>
    public ThreadChange Change(SettingsHistory settings)
    {
        var state = ThreadProjection.Fold(Record.Key, Facts, settings);
        return new ThreadChange
        {
            State = state,
            ExpectedVersion = Record.Thread.Version,
            Contribution = Contribution.Of(state, settings),
            Dimensions = Dimensions.Of(state, settings),
            NewFacts = Facts,
            ReplacesFacts = true,
            Messages = Texts,
        };
    }
}
