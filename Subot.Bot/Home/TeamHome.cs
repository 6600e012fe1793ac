using Subot.Bot.Interactions.Shortcuts;
using Subot.Bot.Words;
using Subot.Domain.Numbers;
using Subot.Slack;

namespace Subot.Bot.Home;

/// <summary>The home tab of the team: what waits for it, who is on call, the week.</summary>
internal static class TeamHome
{
    /// <summary>The menu of a request; the values are <c>solve:</c> or <c>snooze:</c> and the thread.</summary>
    public const string Menu = "home_request";

    /// <summary>The value of the menu that puts reminders off.</summary>
    public const string Snooze = "snooze";

    /// <param name="notice">What the person is to be told besides; null: nothing.</param>
    public static View View(HomeContents home, string? notice, Wording words) => HomeParts.View(
    [
        .. HomeParts.Trouble(home, notice, words),
        .. Queue(home, words),
        .. HomeParts.OnCall(home, words),
        HomeParts.Title(words.Say(TextId.HomeWeekTitle)),
        new SectionBlock { Fields = [.. Week(home.Week, words)] },
        .. HomeParts.End(home, words),
    ]);

    private static IEnumerable<Block> Queue(HomeContents home, Wording words)
    {
        yield return HomeParts.Title(words.Say(home.Count == 0 ? TextId.HomeNoneWaiting : TextId.HomeWaiting, ("count", home.Count)));
        foreach (var request in home.Requests)
        {
            yield return new SectionBlock
            {
                Text = new Mrkdwn(Line(request, home, words)),
                Accessory = new OverflowMenu { ActionId = Menu, Options = Choices(request, words) },
            };
        }

        if (home.Count > home.Requests.Count)
            yield return HomeParts.Small(words.Say(TextId.MoreLines, ("count", home.Count - home.Requests.Count)));
        if (home.OnRequesters > 0)
            yield return HomeParts.Small(words.Say(TextId.HomeOnRequesters, ("count", home.OnRequesters)));
    }

    private static string Line(HomeRequest request, HomeContents home, Wording words)
    {
        var thread = request.Thread;
        var line = words.Say(
            TextId.HomeWaitingLine,
            ("request", HomeParts.Link(request, words)),
            ("channel", HomeParts.ChannelOf(request, home)),
            ("requester", thread.Requester is { } requester ? SlackText.User(requester.Value) : words.Say(TextId.UnknownRequester)),
            ("since", words.Moment(thread.SilentSince ?? thread.Key.Root, home.Now, home.Zone)));
        return request.IsSnoozed ? $"{line} · {words.Say(TextId.HomeSnoozed)}" : line;
    }

    private static List<SelectOption> Choices(HomeRequest request, Wording words)
    {
        var solve = new SelectOption { Text = new PlainText(words.Say(TextId.HomeSolve)), Value = $"{SolveShortcut.Id}:{request.Thread.Key}" };
        var snooze = new SelectOption { Text = new PlainText(words.Say(TextId.SnoozeButton)), Value = $"{Snooze}:{request.Thread.Key}" };
        return request.IsSnoozed ? [solve] : [solve, snooze];
    }

    private static IEnumerable<TextObject> Week(TeamNumbers week, Wording words) =>
    [
        HomeParts.Number(TextId.HomeRequests, week.Requests, words),
        HomeParts.Number(TextId.HomeSolvedNow, week.Solved, words),
        HomeParts.Number(TextId.HomeOpenNow, week.Open, words),
        HomeParts.Number(TextId.HomeResponse, HomeParts.Median(week.FirstResponse, words), words),
        HomeParts.Number(TextId.HomeResponseWorking, HomeParts.Median(week.FirstResponseWorking, words), words),
        HomeParts.Number(TextId.HomeTarget, week.Target.MetRate is { } rate ? string.Create(words.Culture, $"{100 * rate:F0} %") : words.Say(TextId.HomeNoneYet), words),
    ];
}
