using Subot.Bot.Settings;
using Subot.Bot.Words;
using Subot.Domain;
using Subot.Domain.Projection;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.Interactions.Shortcuts;

/// <summary>Lets people choose a request in a modal: from a list, or by the link of a message.</summary>
internal sealed class RequestChoice(IThreadStore store, CurrentSettings settings, Naming naming)
{
    public const string ListBlock = "list";
    public const string List = "request";
    public const string LinkBlock = "link";
    public const string Link = "permalink";

    private const int Most = 100;
    private const int LongestOption = 75;

    /// <summary>The open requests of a channel, and those among its last threads that are not open any more.</summary>
    public async Task<IEnumerable<ProjectedThread>> RecentAsync(ChannelId channel, CancellationToken ct)
    {
        var open = await store.OpenThreadsAsync(channel, Ts.Max, int.MaxValue, ct);
        return await RequestsAsync([.. open.Union(await store.ThreadsBeforeAsync(channel, Ts.Max, Most, ct))], ct);
    }

    /// <summary>The open requests of a channel.</summary>
    public async Task<IEnumerable<ProjectedThread>> OpenAsync(ChannelId channel, CancellationToken ct) =>
        await RequestsAsync(await store.OpenThreadsAsync(channel, Ts.Max, int.MaxValue, ct), ct);

    /// <summary>The newest of these requests as what can be chosen: when, and the first words.</summary>
    public async Task<IReadOnlyList<SelectOption>> OptionsAsync(
        IEnumerable<ProjectedThread> requests, Ts now, Wording words, CancellationToken ct)
    {
        var options = new List<SelectOption>();
        foreach (var key in requests.Select(r => r.Key).OrderByDescending(k => k.Root).Take(Most))
        {
            var excerpt = await naming.ExcerptAsync(key, ct) ?? words.Say(TextId.NoText);
            var label = $"{words.Moment(key.Root, now, settings.History.At(now).Zone)} · {SlackText.Unescape(excerpt)}";
            options.Add(new SelectOption { Text = new PlainText(SlackText.Truncate(label, LongestOption)), Value = key.ToString() });
        }

        return options;
    }

    /// <summary>The list, as an input of a modal.</summary>
    public static InputBlock ListInput(IReadOnlyList<SelectOption> options, bool optional, Wording words) => new()
    {
        BlockId = ListBlock,
        Label = new PlainText(words.Say(TextId.ChooseRequest)),
        Optional = optional ? true : null,
        Element = new StaticSelect { ActionId = List, Options = options, Placeholder = new PlainText(words.Say(TextId.ChoosePlaceholder)) },
    };

    /// <summary>The request that was chosen; a link that was pasted counts for more than the list.</summary>
    public async Task<(ProjectedThread? Request, ModalProblem? Problem)> ChosenAsync(Submission submission, CancellationToken ct)
    {
        var channel = submission.Thread.Key.Channel;
        var (block, key) = (ListBlock, ThreadValue.Parse(submission.View.Find(ListBlock, List)));
        if (submission.View.Find(LinkBlock, Link)?.Trim() is { Length: > 0 } pasted)
        {
            if (Permalink.Parse(pasted) is not { } link)
                return (null, new ModalProblem(LinkBlock, TextId.LinkUnreadable));
            if (link.Message.Channel != channel)
                return (null, new ModalProblem(LinkBlock, TextId.LinkElsewhere));
            (block, key) = (LinkBlock, await link.ThreadAsync(store, ct));
        }

        if (key is not { } chosen)
            return (null, new ModalProblem(block, TextId.ChoiceMissing));
        if ((await store.LoadAsync([chosen], ct)).GetValueOrDefault(chosen)?.State is not { } request)
            return (null, new ModalProblem(block, TextId.LinkUnrecorded));
        return (request, null);
    }

    /// <summary>The block at which something is wrong with what was chosen.</summary>
    public static string BlockOf(Submission submission) =>
        string.IsNullOrWhiteSpace(submission.View.Find(LinkBlock, Link)) ? ListBlock : LinkBlock;

    private async Task<IEnumerable<ProjectedThread>> RequestsAsync(IReadOnlyCollection<ThreadKey> keys, CancellationToken ct) =>
        (await store.LoadAsync(keys, ct)).Values.Select(t => t.State).Where(t => t.Kind == RootKind.Request);
}
