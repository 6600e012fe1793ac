using Subot.Bot.Apply;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Storage.Privacy;

namespace Subot.Bot.Privacy;

/// <summary>
/// What must not be stored, whoever brings it: texts older than the retention, and people who were erased. Everything that is applied goes
/// by here.
/// </summary>
/// <param name="retentionSeconds">The age at which texts are forgotten; null: never.</param>
internal sealed class Forgetting(long? retentionSeconds)
{
    private volatile ErasedPeople _erased = ErasedPeople.None;

    /// <summary>Stores everything.</summary>
    public static Forgetting Nothing { get; } = new(null);

    /// <summary>Who was erased, as it is known now.</summary>
    public ErasedPeople Erased { get => _erased; set => _erased = value; }

    /// <summary>The instant before which texts are forgotten; null: none are.</summary>
    public Ts? TextsBefore(Ts now) => retentionSeconds is { } seconds ? now.AddSeconds(-seconds) : null;

    /// <summary>What of some arrivals may be stored.</summary>
    public IReadOnlyList<Arrival> Of(IReadOnlyList<Arrival> arrivals, Ts now)
    {
        if (retentionSeconds is null && Erased.IsEmpty)
            return arrivals;
        var (erased, before) = (Erased, TextsBefore(now) ?? Ts.Zero);
        return [.. arrivals.Select(a => Of(a, erased, before))];
    }

    private static Arrival Of(Arrival arrival, ErasedPeople erased, Ts before)
    {
        var kept = arrival.About.Ts < before ? arrival with { Text = null } : arrival;
        if (erased.IsEmpty)
            return kept;
        var fact = erased.Renaming.Of(kept.Fact);
        var isTheirs = fact is MessageFact { Author.IsErased: true } || (kept.Writer is { } writer && erased.Include(writer));
        return kept with { Fact = fact, Text = kept.Text is null || isTheirs ? null : erased.Renaming.Of(kept.Text) };
    }
}
