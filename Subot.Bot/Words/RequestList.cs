using Subot.Bot.Settings;
using Subot.Domain;
using Subot.Domain.Projection;

namespace Subot.Bot.Words;

/// <summary>Requests as lines of a message, with links.</summary>
internal sealed class RequestList(Naming naming, CurrentSettings settings)
{
    /// <summary>A line for each request, at most so many; the rest is counted.</summary>
    public async Task<string> LinesAsync(IReadOnlyList<ProjectedThread> requests, Ts now, Wording words, int most, CancellationToken ct)
    {
        var lines = new List<string>();
        foreach (var request in requests.Take(most))
        {
            var link = await naming.FindLinkAsync(request.Key, ct);
            lines.Add(words.Say(
                link is null ? TextId.RequestLineUnlinked : TextId.RequestLine,
                ("link", link),
                ("excerpt", await naming.ExcerptAsync(request.Key, ct) ?? words.Say(TextId.NoText)),
                ("requester", await RequesterAsync(request, words, ct)),
                ("since", SinceOf(request, now, words))));
        }

        if (requests.Count > most)
            lines.Add(words.Say(TextId.MoreLines, ("count", requests.Count - most)));
        return string.Join('\n', lines);
    }

    /// <summary>Who asks, by name.</summary>
    public async Task<string> RequesterAsync(ProjectedThread request, Wording words, CancellationToken ct) =>
        await naming.NameAsync(request.Requester, ct) ?? words.Say(TextId.UnknownRequester);

    /// <summary>Since when a request is silent, for people.</summary>
    public string SinceOf(ProjectedThread request, Ts now, Wording words) =>
        words.Moment(request.SilentSince ?? request.Key.Root, now, settings.History.At(now).Zone);
}
