using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Subot.Domain;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.Words;

/// <summary>How requests and people are named in messages: links, first words, names.</summary>
internal sealed partial class Naming(IThreadStore store, ISlackApi slack)
{
    private const int LongestExcerpt = 80;

    private const int MostKept = 10_000;

    private readonly ConcurrentDictionary<MessageKey, string> _links = new();
    private readonly ConcurrentDictionary<UserId, string> _names = new();

    /// <summary>The address of a message.</summary>
    public async Task<string> LinkAsync(ThreadKey thread, CancellationToken ct)
    {
        var key = new MessageKey(thread.Channel, thread.Root);
        if (_links.TryGetValue(key, out var link))
            return link;
        if (_links.Count > MostKept)
            _links.Clear();
        return _links[key] = await slack.GetPermalinkAsync(thread.Channel.Value, thread.Root.ToString(), ct);
    }

    /// <summary>The address of a message; null if Slack knows it no more: workspaces forget old messages.</summary>
    public async Task<string?> FindLinkAsync(ThreadKey thread, CancellationToken ct)
    {
        try
        {
            return await LinkAsync(thread, ct);
        }
        catch (SlackException e) when (e.Advice != SlackErrorAdvice.Retry && e.Kind != SlackErrorKind.Token)
        {
            return null;
        }
    }

    /// <summary>A person's name, so that nobody is pinged; null if nobody is known.</summary>
    public async Task<string?> NameAsync(UserId? user, CancellationToken ct)
    {
        if (user is not { IsErased: false } known)
            return null;
        if (_names.TryGetValue(known, out var name))
            return name;
        if (_names.Count > MostKept)
            _names.Clear();
        try
        {
            var account = await slack.GetUserAsync(known.Value, ct);
            return _names[known] = SlackText.Escape(account.DisplayName);
        }
        catch (SlackException e) when (e.Advice != SlackErrorAdvice.Retry)
        {
            return _names[known] = $"<@{known}>";
        }
    }

    /// <summary>The first words of a request, on one line, fit for the label of a link; null if there is no text.</summary>
    public async Task<string?> ExcerptAsync(ThreadKey thread, CancellationToken ct) =>
        await store.TextAsync(new MessageKey(thread.Channel, thread.Root), ct) is { } text ? Excerpt(text) : null;

    /// <inheritdoc cref="ExcerptAsync"/>
    public static string? Excerpt(string text)
    {
        // Labels of links hold neither links nor mentions; what is escaped stays escaped.
        var plain = Markup().Replace(text, m => m.Groups["label"].Success ? m.Groups["label"].Value : m.Groups["target"].Value);
        var line = Space().Replace(plain.Replace('|', '/').Replace('<', ' ').Replace('>', ' '), " ").Trim();
        if (line.Length == 0)
            return null;
        var cut = SlackText.Truncate(line, LongestExcerpt);
        // No half of an escape is left at the end.
        return cut != line && cut.LastIndexOf('&') is var escape and >= 0 && !cut[escape..].Contains(';') ? cut[..escape] + "…" : cut;
    }

    [GeneratedRegex(@"<(?<target>[^<|>]*)(\|(?<label>[^<>]*))?>")]
    private static partial Regex Markup();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
