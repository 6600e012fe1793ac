using Subot.Simulator.Model;

namespace Subot.Tests.Faults;

/// <summary>
/// People who ask, answer, edit, delete and react at random in many channels, now, and remember what they did. What they do repeats
/// with the seed but for the times, and for what has to wait for the bot.
/// </summary>
internal sealed class Crowd(Workspace workspace, BotReplies replies, IReadOnlyList<string> channels, int seed)
{
    private const int Recent = 400;
    private static readonly string[] s_emoji = ["white_check_mark", "heavy_check_mark", "eyes", "no_entry_sign", "tada"];
    private static readonly string[] s_words = ["it does not work", "have you tried again", "thanks!", "here is the log", "same for me", "ok"];
    private readonly Random _random = new(seed);
    private readonly List<Topic> _topics = [];
    private readonly List<Deed> _done = [];

    public static IReadOnlyList<string> Team { get; } = [.. Enumerable.Range(1, 5).Select(n => $"U0TEAM{n:D4}")];

    private static string[] Others { get; } = [.. Enumerable.Range(1, 20).Select(n => $"U0OTHER{n:D3}")];

    /// <summary>What was done, in order.</summary>
    public IReadOnlyList<Deed> Done => _done;

    /// <summary>Does one thing.</summary>
    public void Act()
    {
        while (!TryAct(_random.Next(100)))
        {
        }
    }

    private bool TryAct(int dice)
    {
        if (dice < 25 || _topics.Count == 0)
            return Ask();
        var topic = _topics[_random.Next(Math.Max(0, _topics.Count - Recent), _topics.Count)];
        return dice switch
        {
            < 62 => Reply(topic),
            < 70 => Edit(topic),
            < 74 => DeleteReply(topic),
            < 76 => DeleteRoot(topic),
            < 92 => React(topic, DeedKind.React),
            _ => React(topic, DeedKind.Unreact),
        };
    }

    private bool Ask()
    {
        var (channel, user) = (channels[_random.Next(channels.Count)], Person());
        var topic = new Topic(channel, user);
        if (!Do(new Deed(DeedKind.Ask, channel, user, "", "", null, "the printer " + _random.Next(), AfterReply: false), deed => topic.Root = deed.At))
            return false;
        _topics.Add(topic);
        return true;
    }

    private bool Reply(Topic topic) =>
        Do(On(topic, DeedKind.Reply, Person(topic), null, s_words[_random.Next(s_words.Length)]), deed => topic.Written.Add((deed.At, deed.User)));

    private bool Edit(Topic topic)
    {
        var (ts, user) = topic.Pick(_random);
        return Do(On(topic, DeedKind.Edit, user, ts, _random.Next(4) == 0 ? "thank you" : "edited " + _random.Next()));
    }

    private bool DeleteReply(Topic topic)
    {
        if (topic.Written.Count == 0)
            return false;
        var (ts, user) = topic.Written[_random.Next(topic.Written.Count)];
        return Do(On(topic, DeedKind.Delete, user, ts, ""));
    }

    // Not of requests: the bot takes its reply back if it is the only one, and whether it is depends on who was faster.
    private bool DeleteRoot(Topic topic) =>
        Team.Contains(topic.By) && Do(On(topic, DeedKind.Delete, topic.By, topic.Root, "") with { AfterReply = true });

    private bool React(Topic topic, DeedKind kind)
    {
        var emoji = s_emoji[_random.Next(s_emoji.Length)];
        var target = _random.Next(4) == 0 ? topic.Pick(_random).Ts : topic.Root;
        return Do(On(topic, kind, Person(topic), target, emoji) with { AfterReply = emoji == "no_entry_sign" });
    }

    private bool Do(Deed deed, Action<Deed>? then = null)
    {
        // At this very moment: nobody can read the workspace between the time and the deed.
        lock (workspace.Gate)
        {
            if (deed.AfterReply && IsRequest(deed) && replies.To(deed.Channel, deed.Root) == 0)
                return false;
            var at = workspace.FindChannel(deed.Channel)!.NextTs(workspace.Time.GetUtcNow());
            deed = deed with { At = at };
            if (!deed.DoIn(workspace))
                return false;
            _done.Add(deed);
            then?.Invoke(deed);
            return true;
        }
    }

    private bool IsRequest(Deed deed) => !Team.Contains(workspace.FindChannel(deed.Channel)!.Find(deed.Root)?.Author ?? "");

    private static Deed On(Topic topic, DeedKind kind, string user, string? target, string words) =>
        new(kind, topic.Channel, user, "", topic.Root, target, words, AfterReply: false);

    /// <summary>One in ten is of the team.</summary>
    private string Person() => _random.Next(10) == 0 ? Team[_random.Next(Team.Count)] : Others[_random.Next(Others.Length)];

    /// <summary>Whoever asked, the team, or somebody else.</summary>
    private string Person(Topic topic) => _random.Next(10) switch
    {
        < 4 => topic.By,
        < 8 => Team[_random.Next(Team.Count)],
        _ => Others[_random.Next(Others.Length)],
    };

    private sealed class Topic(string channel, string by)
    {
        public string Channel => channel;

        public string By => by;

        public string Root { get; set; } = "";

        public List<(string Ts, string User)> Written { get; } = [];

        public (string Ts, string User) Pick(Random random) => random.Next(Written.Count + 1) is var n and > 0 ? Written[n - 1] : (Root, by);
    }
}
