using Subot.Simulator.Model;

namespace Subot.Tests.Faults;

/// <summary>Watches what the bot has standing in the threads of a workspace.</summary>
internal sealed class BotReplies
{
    private readonly Workspace _workspace;
    private readonly Dictionary<(string Channel, string Ts), string?> _posts = [];
    private readonly Dictionary<(string Channel, string Root), int> _inThread = [];
    private readonly List<(string Channel, string? Root, string Ts)> _ever = [];
    private readonly List<(Func<bool> Holds, TaskCompletionSource Reached)> _waiting = [];

    public BotReplies(Workspace workspace)
    {
        _workspace = workspace;
        workspace.Shown += change =>
        {
            lock (workspace.Gate)
                Look(change.Channel, change.Ts);
        };
    }

    /// <summary>How many replies of the bot stand in a thread.</summary>
    public int To(string channel, string root)
    {
        lock (_workspace.Gate)
            return _inThread.GetValueOrDefault((channel, root));
    }

    /// <summary>How many posts the bot ever made.</summary>
    public int Ever => _ever.Count;

    /// <summary>Every post that it ever made but for one to each of these threads.</summary>
    public IReadOnlyList<string> EverBesides(IEnumerable<(string Channel, string Root)> threads)
    {
        lock (_workspace.Gate)
        {
            var posts = _ever.ToList();
            foreach (var (channel, root) in threads)
            {
                if (posts.FindIndex(p => p.Channel == channel && p.Root == root) is var first and >= 0)
                    posts.RemoveAt(first);
            }

            return [.. posts.Select(p => $"{p.Channel}:{p.Root}: {p.Ts} {_workspace.FindChannel(p.Channel)!.Find(p.Ts)?.Text}")];
        }
    }

    /// <summary>The bot's posts outside of threads.</summary>
    public IReadOnlyList<string> InChannels
    {
        get
        {
            lock (_workspace.Gate)
                return [.. _posts.Where(p => p.Value is null).Select(p => $"{p.Key.Channel}:{p.Key.Ts}")];
        }
    }

    /// <summary>
    /// Completes once something holds, and the app has been told of the post that made it hold; it is asked again whenever a post of
    /// the bot comes or goes.
    /// </summary>
    public async Task UntilAsync(Func<bool> holds, CancellationToken ct)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_workspace.Gate)
        {
            if (holds())
                return;
            _waiting.Add((holds, reached));
        }

        await reached.Task.WaitAsync(ct);
        // A post is shown before the app is told of it, in one hold of the gate.
        lock (_workspace.Gate)
        {
        }
    }

    private void Look(Channel channel, string ts)
    {
        var post = channel.Find(ts) is { } message && message.Author == _workspace.App.BotUserId ? message : null;
        var key = (channel.Id, ts);
        if ((post is not null) == _posts.ContainsKey(key))
            return;
        var root = post is not null ? post.ThreadTs : _posts[key];
        if (post is null)
            _posts.Remove(key);
        else
        {
            _posts[key] = root;
            _ever.Add((channel.Id, root, ts));
        }

        if (root is not null)
            _inThread[(channel.Id, root)] = _inThread.GetValueOrDefault((channel.Id, root)) + (post is not null ? 1 : -1);
        foreach (var (_, reached) in _waiting.Where(w => w.Holds()))
            reached.TrySetResult();
        _waiting.RemoveAll(w => w.Reached.Task.IsCompleted);
    }
}
