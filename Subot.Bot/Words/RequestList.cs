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
        var shown = requests.Take(most).ToList();
        // All at once: one after the other they take longer than people wait.
        var names = Task.WhenAll(shown.Select(r => r.Requester).Distinct().Select(user => naming.NameAsync(user, ct)));
        var links = Task.WhenAll(shown.Select(r => naming.FindLinkAsync(r.Key, ct)));
        await Task.WhenAll(names, links);

        var lines = new List<string>();
        foreach (var (request, link) in shown.Zip(await links))
        {
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
    public SpokenMoment SinceOf(ProjectedThread request, Ts now, Wording words) =>
        words.Moment(request.SilentSince ?? request.Key.Root, now, settings.History.At(now).Zone);
}
