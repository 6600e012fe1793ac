using System.Runtime.CompilerServices;
using Subot.Domain;
using Subot.Slack;

namespace Subot.Tests.Desk;

/// <summary>A Slack that remembers what is said to it, in order, and can fail. Its clock is the test's.</summary>
internal sealed class DeskSlack(TimeProvider time)
{
    public const string Bot = "U0SUBOT";
    private readonly List<(string Place, SlackMessage Message)> _posts = [];
    private long _serial;

    /// <summary>Told of each call that people see, and each post of the bot.</summary>
    public Action<string, SlackMessage?> Seen { get; set; } = (_, _) => { };

    /// <summary>The names of people.</summary>
    public Dictionary<string, string> Names { get; } = [];

    /// <summary>Called before a post is made; may throw.</summary>
    public Action<PostMessage> BeforePost { get; set; } = _ => { };

    /// <summary>Called after a post is made, before the bot hears of it; may throw.</summary>
    public Action<PostMessage> AfterPost { get; set; } = _ => { };

    /// <summary>Called before a file is taken; may throw.</summary>
    public Action BeforeUpload { get; set; } = () => { };

    /// <summary>How many files were uploaded.</summary>
    public int Uploads { get; private set; }

    /// <summary>What the bot posted, in order.</summary>
    public IReadOnlyList<SlackMessage> Posts => _posts.ConvertAll(p => p.Message);

    public ISlackApi Api => Between.Put<ISlackApi>(null!, Answer);

    /// <summary>The next moment of Slack's clock: no two messages share one.</summary>
    public Ts NextTs() => new((Ts.From(time.GetUtcNow()).Micros / Ts.Second * Ts.Second) + (++_serial % 1_000_000));

    private object? Answer(string method, object?[] arguments, Func<object?> next) => method switch
    {
        "get_ServerTime" => (DateTimeOffset?)time.GetUtcNow(),
        nameof(ISlackApi.AuthTestAsync) => Task.FromResult(new AuthTest { UserId = Bot, User = "subot" }),
        nameof(ISlackApi.GetChannelAsync) => Task.FromResult(new SlackChannel { Name = "help", IsMember = true }),
        nameof(ISlackApi.GetUserAsync) => Task.FromResult(new SlackUser { Id = (string)arguments[0]!, RealName = Names[(string)arguments[0]!] }),
        nameof(ISlackApi.GetPermalinkAsync) => Task.FromResult($"https://acme/{arguments[0]}/p{arguments[1]}"),
        nameof(ISlackApi.OpenDirectMessageAsync) => Task.FromResult($"D{arguments[0]}"),
        nameof(ISlackApi.PostMessageAsync) => Post((PostMessage)arguments[0]!),
        nameof(ISlackApi.PostEphemeralAsync) => Show((PostEphemeral)arguments[0]!),
        nameof(ISlackApi.UpdateMessageAsync) => Update((UpdateMessage)arguments[0]!),
        nameof(ISlackApi.AddReactionAsync) => React((string)arguments[0]!, (string)arguments[1]!, (string)arguments[2]!),
        nameof(ISlackApi.RepliesAsync) or nameof(ISlackApi.HistoryAsync) => Messages((string)arguments[0]!),
        nameof(ISlackApi.UploadFileAsync) => Upload(),
        nameof(ISlackApi.DeleteMessageAsync) => throw new InvalidOperationException("a double was posted"),
        _ => throw new NotSupportedException(method),
    };

    private Task<PostedMessage> Post(PostMessage post)
    {
        BeforePost(post);
        var message = new SlackMessage { Ts = NextTs().ToString(), ThreadTs = post.ThreadTs, Text = post.Text, User = Bot, Metadata = post.Metadata };
        _posts.Add((post.Channel, message));
        var buttons = (post.Blocks ?? []).OfType<ActionsBlock>().SelectMany(a => a.Elements).OfType<Button>().Select(b => $"[{b.Text.Text}]");
        Seen($"{post.Channel}{(post.ThreadTs is null ? "" : $" > {post.ThreadTs}")}: {post.Text}{string.Concat(buttons.Select(b => "\n" + b))}", message);
        AfterPost(post);
        return Task.FromResult(new PostedMessage { Channel = post.Channel, Ts = message.Ts, Message = message });
    }

    private Task<string> Upload()
    {
        BeforeUpload();
        return Task.FromResult($"F0CHART{++Uploads}");
    }

    private Task Show(PostEphemeral post)
    {
        Seen($"{post.Channel}, only {Names[post.User]}: {post.Text}", null);
        return Task.CompletedTask;
    }

    private Task Update(UpdateMessage update)
    {
        Seen($"{update.Channel} changed: {update.Text}", null);
        return Task.CompletedTask;
    }

    private Task React(string channel, string ts, string name)
    {
        Seen($"{channel} > {ts}: puts :{name}: on it", null);
        return Task.CompletedTask;
    }

    private async IAsyncEnumerable<SlackMessage> Messages(string place, [EnumeratorCancellation] CancellationToken ct = default)
    {
        foreach (var (_, message) in _posts.Where(p => p.Place == place))
            yield return message;
        await Task.CompletedTask;
    }
}
