using Subot.Bot.Words;
using Subot.Domain.Numbers;
using Subot.Slack;

namespace Subot.Bot.Home;

/// <summary>What the home tabs of the team and of others have in common.</summary>
internal static class HomeParts
{
    /// <summary>The button that shows the tab anew.</summary>
    public const string Refresh = "home_refresh";

    public static View View(IEnumerable<Block> blocks) => new() { Type = "home", Blocks = [.. blocks] };

    public static HeaderBlock Title(string text) => new() { Text = new PlainText(text) };

    public static SectionBlock Text(string text) => new() { Text = new Mrkdwn(text) };

    public static ContextBlock Small(string text) => new() { Elements = [new Mrkdwn(text)] };

    /// <summary>What is wrong at the moment.</summary>
    /// <param name="notice">What the person is to be told besides; null: nothing.</param>
    public static IEnumerable<Block> Trouble(HomeContents home, string? notice, Wording words)
    {
        List<string> lines = [];
        if (notice is not null)
            lines.Add(notice);
        if (home.Trouble.Store is { } reason)
            lines.Add(words.Say(TextId.HomeStoreTrouble, ("reason", SlackText.Escape(reason))));
        if (home.Trouble.Behind)
            lines.Add(words.Say(TextId.HomeBehind));
        lines.AddRange(home.Trouble.Closed.Select(c => words.Say(TextId.HomeClosed, ("channel", SlackText.Channel(c.Value)))));
        return lines.Count == 0 ? [] : [Text(SlackText.Truncate(string.Join('\n', lines), 3000))];
    }

    /// <summary>Who is on call; the channel is named only if there are several.</summary>
    public static IEnumerable<Block> OnCall(HomeContents home, Wording words)
    {
        var lines = home.OnCall.Select(o => o.Current switch
        {
            { User: null } => Where(o) + words.Say(TextId.HomeNobodyOnCall),
            { User: { } user, To: var to } when o.Next is { } next => Where(o) + words.Say(
                TextId.HomeOnCallNext, ("user", SlackText.User(user)), ("until", words.Moment(to, home.Now, home.Zone)), ("next", SlackText.User(next))),
            { User: { } user } => Where(o) + words.Say(TextId.HomeOnCall, ("user", SlackText.User(user))),
        });
        return [Title(words.Say(TextId.HomeOnCallTitle)), Text(SlackText.Truncate(string.Join('\n', lines), 3000))];

        string Where(HomeOnCall one) => home.OnCall.Count == 1 ? "" : $"{SlackText.Channel(one.Channel.Value)}: ";
    }

    /// <summary>The first words of a request as a link, if it has one.</summary>
    public static string Link(HomeRequest request, Wording words)
    {
        var label = request.Excerpt ?? words.Say(TextId.NoText);
        return request.Link is { } link ? $"<{link}|{label}>" : label;
    }

    /// <summary>The channel of a request, if there are several.</summary>
    public static string ChannelOf(HomeRequest request, HomeContents home) =>
        home.OnCall.Count == 1 ? "" : $"{SlackText.Channel(request.Thread.Key.Channel.Value)} · ";

    /// <summary>One number, below its name.</summary>
    public static Mrkdwn Number(TextId name, object value, Wording words) => new($"*{words.Say(name)}*\n{value}");

    /// <summary>The median of a duration, in words.</summary>
    public static string Median(DurationNumbers duration, Wording words) => duration switch
    {
        { N: 0 } => words.Say(TextId.HomeNoneYet),
        { Median: { } median } => words.Length(median),
        _ => words.Say(TextId.HomeNotReached),
    };

    /// <summary>The end of a tab: the button that shows it anew, and as of when it is.</summary>
    public static IEnumerable<Block> End(HomeContents home, Wording words) =>
    [
        new ActionsBlock { Elements = [RefreshButton(words)] },
        Small(words.Say(TextId.HomeAsOf, ("at", words.Moment(home.AsOf, home.Now, home.Zone)))),
    ];

    /// <summary>A tab that can only say what is wrong.</summary>
    public static View OnlyTrouble(string reason, Wording words) => View(
    [
        Text(SlackText.Truncate(words.Say(TextId.HomeStoreTrouble, ("reason", SlackText.Escape(reason))), 3000)),
        new ActionsBlock { Elements = [RefreshButton(words)] },
    ]);

    private static Button RefreshButton(Wording words) => new() { ActionId = Refresh, Text = new PlainText(words.Say(TextId.HomeRefresh)) };
}
