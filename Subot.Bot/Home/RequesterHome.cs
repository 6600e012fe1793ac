using Subot.Bot.Words;
using Subot.Domain.Projection;
using Subot.Slack;

namespace Subot.Bot.Home;

/// <summary>The home tab of everybody else: their open requests, who is on call, how to ask, the public numbers of the week.</summary>
internal static class RequesterHome
{
    public static View View(HomeContents home, string? notice, Wording words) => HomeParts.View(
    [
        .. HomeParts.Trouble(home, notice, words),
        .. Mine(home, words),
        .. HomeParts.OnCall(home, words),
        HomeParts.Title(words.Say(TextId.HomeHowTitle)),
        HomeParts.Text(SlackText.Truncate(words.Say(TextId.Welcome), 3000)),
        HomeParts.Small(words.Say(TextId.HomeWhere, ("channels", string.Join(", ", home.OnCall.Select(o => SlackText.Channel(o.Channel.Value)))))),
        HomeParts.Title(words.Say(TextId.HomeWeekTitle)),
        new SectionBlock
        {
            Fields =
            [
                HomeParts.Number(TextId.HomeRequests, home.Week.Requests, words),
                HomeParts.Number(TextId.HomeResponse, HomeParts.Median(home.Week.FirstResponse, words), words),
            ],
        },
        .. HomeParts.End(home, words),
    ]);

    private static IEnumerable<Block> Mine(HomeContents home, Wording words)
    {
        yield return HomeParts.Title(words.Say(home.Count == 0 ? TextId.HomeNoneMine : TextId.HomeMine, ("count", home.Count)));
        foreach (var request in home.Requests)
        {
            yield return HomeParts.Text(words.Say(
                TextId.HomeMineLine,
                ("request", HomeParts.Link(request, words)),
                ("channel", HomeParts.ChannelOf(request, home)),
                ("status", words.Say(StatusOf(request.Thread), ("since", words.Moment(request.Thread.SilentSince ?? request.Thread.Key.Root, home.Now, home.Zone))))));
        }

        if (home.Count > home.Requests.Count)
            yield return HomeParts.Small(words.Say(TextId.MoreLines, ("count", home.Count - home.Requests.Count)));
    }

    private static TextId StatusOf(ProjectedThread request) => request switch
    {
        { Turn: Turn.Requester } => TextId.HomeYourTurn,
        { Status: ThreadStatus.Unresponded } => TextId.HomeUnanswered,
        _ => TextId.HomeTeamsTurn,
    };
}
