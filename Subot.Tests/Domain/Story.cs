using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;
using Subot.Domain.Settings;

namespace Subot.Tests.Domain;

/// <summary>
/// Tells a thread in minutes after its root, in which a requester Q, the team's T and T2, a third person X and the bot take part, and
/// asks what the numbers make of it.
/// </summary>
public sealed class Story
{
    public static readonly UserId Q = new("UQ");
    public static readonly UserId T = new("UT1");
    public static readonly UserId T2 = new("UT2");
    public static readonly UserId X = new("UX");
    public static readonly UserId Self = new("UBOT");

    /// <summary>Monday 2026-03-02 09:00 UTC.</summary>
    public static readonly Ts Root = Ts.From(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    public static readonly ThreadKey Key = new(new ChannelId("C1"), Root);

    public const string Check = "white_check_mark";
    public const string OtherCheck = "heavy_check_mark";
    public const string Eyes = "eyes";
    public const string NotARequest = "no_entry_sign";

    public static readonly TeamSettings Settings = new()
    {
        Team = [T.Value, T2.Value],
        WorkingHours = WorkingHours.Parse("Mon-Fri 10:00-13:00 14:00-19:00"),
    };

    private readonly List<Fact> _facts = [];
    private SettingsHistory _settings = SettingsHistory.Always(Settings);

    public static Ts At(double minutes) => new(Root.Micros + (long)(minutes * 60 * Ts.Second));

    /// <summary>Q asks at minute 0.</summary>
    public static Story Asked() => new Story().Says(Q, 0);

    public static Story Empty() => new();

    public Story With(TeamSettings settings) => With(SettingsHistory.Always(settings));

    public Story With(SettingsHistory settings)
    {
        _settings = settings;
        return this;
    }

    public Story Fact(Fact fact)
    {
        _facts.Add(fact);
        return this;
    }

    public Story Says(UserId who, double minute) => Fact(new MessageFact(At(minute), who, AuthorKind.Person, Verdicts.None));

    public Story Thanks(UserId who, double minute) =>
        Fact(new MessageFact(At(minute), who, AuthorKind.Person, Verdicts.None with { Courtesy = true }));

    public Story BotAnswers(double minute) => Fact(new MessageFact(At(minute), Self, AuthorKind.Self, Verdicts.None));

    public Story Edits(double message, double minute, bool courtesy = false) =>
        Fact(new EditFact(At(minute), At(message), Verdicts.None with { Courtesy = courtesy }));

    public Story Deletes(double message, double minute) => Fact(new DeletionFact(At(minute), At(message)));

    public Story Adds(UserId who, double minute, string emoji = Check) =>
        Fact(new ReactionFact(At(minute), true, Root, emoji, who, who == Self));

    public Story Removes(UserId who, double minute, string emoji = Check) =>
        Fact(new ReactionFact(At(minute), false, Root, emoji, who, who == Self));

    public Story Votes(UserId who, double minute, bool useful) => Fact(new VoteFact(At(minute), who, useful));

    public Story Corrects(CorrectionKind correction, double minute, UserId? person = null) =>
        Fact(new CorrectionFact(At(minute), correction, T, person));

    public Story Expires(double minute, double silenceSince = 0) => Fact(new ExpiryFact(At(minute), At(silenceSince)));

    /// <summary>A read of history shows these reactions on the root, and no others.</summary>
    public Story Read(double minute, params IEnumerable<(UserId Who, string Emoji)> shown) => Fact(new SnapshotFact(
        At(minute),
        [.. shown.OrderBy(s => s.Emoji, StringComparer.Ordinal).ThenBy(s => s.Who)
            .Select(s => new SeenReaction(s.Emoji, s.Who, s.Who == Self, At(minute), true))],
        []));

    public ProjectedThread State(double? until = null) =>
        ThreadProjection.Fold(Key, _facts, _settings, until is { } minute ? At(minute) : null);

    public Contribution Numbers(double? until = null) => Contribution.Of(State(until), _settings);

    /// <summary>The numbers of this thread alone, as of a minute.</summary>
    public TeamNumbers Tally(double asOf)
    {
        var tally = new NumbersTally(new AsOf(At(asOf), _settings));
        tally.Add(Numbers(asOf));
        return tally.Numbers();
    }

    public bool WasOpenAt(double minute) => Numbers().WasOpenAt((uint)(At(minute).Micros / Ts.Second));

    /// <summary>When the request was open, as the backlog sees it: "0-5 10-" is open until minute 5 and again since minute 10.</summary>
    public string Open()
    {
        var numbers = Numbers();
        var spans = numbers.Kind == RootKind.Request ? [numbers.Open, .. numbers.OpenAgain ?? []] : Array.Empty<OpenSpan>();
        return string.Join(' ', spans.Select(s => $"{Minute(s.Start)}-{(s.End == uint.MaxValue ? "" : Minute(s.End))}"));

        static double Minute(uint second) => (second - Root.CeilingSeconds) / 60.0;
    }

    /// <summary>Ended after so many minutes of wall-clock time.</summary>
    public static (MeasureKind, double?) Ended(double minutes) => (MeasureKind.Done, minutes);

    /// <summary>The thread was closed after so many minutes without it.</summary>
    public static (MeasureKind, double?) AtLeast(double minutes) => (MeasureKind.AtLeast, minutes);

    /// <summary>Runs since a minute.</summary>
    public static (MeasureKind, double?) WaitingSince(double minute) => (MeasureKind.Waiting, minute);

    public static (MeasureKind, double?) Nothing { get; } = (MeasureKind.None, null);

    /// <summary>A measure in minutes on the wall clock.</summary>
    public static (MeasureKind, double?) Wall(Measure measure) => measure.Kind switch
    {
        MeasureKind.None => Nothing,
        MeasureKind.Waiting => (MeasureKind.Waiting, (measure.Wall - Root.CeilingSeconds) / 60.0),
        _ => (measure.Kind, measure.Wall / 60.0),
    };

    /// <summary>A measure that ended, in minutes on the working clock.</summary>
    public static double Working(Measure measure) => measure.Working / 60.0;
}
