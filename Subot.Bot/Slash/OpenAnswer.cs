using Subot.Bot.Apply;
using Subot.Bot.Words;
using Subot.Domain;
using Subot.Domain.Projection;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.Slash;

/// <summary>What waits for the team, the longest silent first, and how much waits for those who asked.</summary>
internal sealed class OpenAnswer(WorkspaceIdentity self, IThreadStore store, RequestList list)
{
    private const int MostLines = 20;

    public async Task<string> AnswerAsync(SlashQuestion question, CancellationToken ct)
    {
        IReadOnlyList<ChannelId> channels = self.Watches(question.Channel) ? [new ChannelId(question.Channel)] : self.Channels;
        List<ProjectedThread> open = [];
        foreach (var channel in channels)
            open.AddRange((await store.LoadAsync(await store.OpenThreadsAsync(channel, Ts.Max, int.MaxValue, ct), ct)).Values.Select(t => t.State));

        var waiting = open.Where(t => t.Turn == Turn.Team).OrderBy(t => t.SilentSince).ThenBy(t => t.Key).ToList();
        var where = ("channels", (object?)string.Join(", ", channels.Select(c => SlackText.Channel(c.Value))));
        List<string> lines = waiting.Count == 0
            ? [question.Say(TextId.OpenNone, where)]
            : [question.Say(TextId.OpenTitle, ("count", waiting.Count), where), await list.LinesAsync(waiting, question.Now, question.Words, MostLines, ct)];
        if (open.Count > waiting.Count)
            lines.Add(question.Say(TextId.OpenRequester, ("count", open.Count - waiting.Count)));
        return string.Join('\n', lines);
    }
}
