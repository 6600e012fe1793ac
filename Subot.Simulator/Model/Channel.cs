using System.Text.Json.Nodes;

namespace Subot.Simulator.Model;

/// <summary>What a conversation is.</summary>
public enum ChannelKind
{
    Public,
    Private,
    Direct,
}

/// <summary>A conversation with its members and messages.</summary>
public sealed class Channel(string id, string name, ChannelKind kind)
{
    private readonly Dictionary<string, Replies> repliesByParent = [];
    private readonly Dictionary<string, Message> byTs = [];
    private long lastMicros;

    public string Id { get; } = id;
    public string Name { get; set; } = name;
    public ChannelKind Kind { get; internal set; } = kind;
    public string Topic { get; set; } = "";
    public string Purpose { get; set; } = "";
    public bool IsArchived { get; set; }
    public bool IsGeneral { get; set; }
    public long Created { get; set; } = 1_500_000_000;
    public string Creator { get; set; } = "";

    /// <summary>Who set the topic, and the purpose, and when; null as long as nobody changed what was there from the start.</summary>
    internal Change? TopicChange { get; set; }

    internal Change? PurposeChange { get; set; }

    internal List<string> Members { get; } = [];

    /// <summary>What the channel itself shows: roots, broadcast replies and tombstones.</summary>
    internal MessageLog Timeline { get; } = new();

    /// <summary>The <c>channel_type</c> of message events.</summary>
    internal string TypeName => Kind switch { ChannelKind.Private => "group", ChannelKind.Direct => "im", _ => "channel" };

    /// <summary>The <c>channel_type</c> of member events.</summary>
    internal string TypeLetter => Kind switch { ChannelKind.Private => "G", ChannelKind.Direct => "D", _ => "C" };

    /// <summary>The message with this ts; null when there is none.</summary>
    public Message? Find(string? ts) => ts is null ? null : byTs.GetValueOrDefault(ts);

    /// <summary>All messages of one author, replies included, in no particular order.</summary>
    internal List<Message> MessagesOf(string author) => [.. byTs.Values.Where(message => message.Author == author)];

    /// <summary>All messages, replies included, in the order of their ts.</summary>
    internal List<Message> All => [.. byTs.Values.OrderBy(message => message.Ts, StringComparer.Ordinal)];

    internal Replies? RepliesTo(string ts) => repliesByParent.GetValueOrDefault(ts);

    internal bool HasReplies(Message message) => RepliesTo(message.Ts) is { Log.Count: > 0 };

    /// <summary>A new ts, later than every one given before in this channel.</summary>
    internal string NextTs(DateTimeOffset now)
    {
        Ts.TryMicros(Ts.From(now), out var micros);
        lastMicros = Math.Max(lastMicros + 1, micros);
        return Ts.FromMicros(lastMicros);
    }

    internal void Add(Message message)
    {
        byTs.Add(message.Ts, message);
        if (Ts.TryMicros(message.Ts, out var micros))
            lastMicros = Math.Max(lastMicros, micros);
        if (message.IsInChannel)
            Timeline.Add(message);
        if (message.ThreadTs is null)
            return;
        if (!repliesByParent.TryGetValue(message.ThreadTs, out var replies))
            repliesByParent[message.ThreadTs] = replies = new Replies();
        replies.Add(message);
    }

    internal void Remove(Message message)
    {
        byTs.Remove(message.Ts);
        Timeline.Remove(message);
        if (message.ThreadTs is not null)
            RepliesTo(message.ThreadTs)?.Remove(message);
    }

    /// <summary>The message as history shows it.</summary>
    internal JsonObject Show(Message message, bool allMetadata = true) => message.Show(RepliesTo(message.Ts), allMetadata);

    /// <summary>The channel object, seen by the user <paramref name="viewer"/>.</summary>
    internal JsonObject Show(string viewer, string teamId)
    {
        if (Kind == ChannelKind.Direct)
            return new JsonObject { ["id"] = Id, ["is_im"] = true, ["is_archived"] = false, ["user"] = Members.Find(user => user != viewer), ["created"] = Created };
        return new JsonObject
        {
            ["id"] = Id,
            ["name"] = Name,
            ["name_normalized"] = Name,
            ["is_channel"] = Kind == ChannelKind.Public,
            ["is_group"] = false,
            ["is_im"] = false,
            ["is_mpim"] = false,
            ["is_private"] = Kind == ChannelKind.Private,
            ["is_archived"] = IsArchived,
            ["is_general"] = IsGeneral,
            ["is_member"] = Members.Contains(viewer),
            ["is_shared"] = false,
            ["created"] = Created,
            ["creator"] = Creator,
            ["topic"] = Described(Topic, TopicChange),
            ["purpose"] = Described(Purpose, PurposeChange),
            ["previous_names"] = new JsonArray(),
            ["num_members"] = Members.Count,
            ["context_team_id"] = teamId,
            ["updated"] = Created * 1000,
        };
    }

    private JsonObject Described(string value, Change? change) => new()
    {
        ["value"] = value,
        ["creator"] = change?.User ?? (value.Length > 0 ? Creator : ""),
        ["last_set"] = change?.Seconds ?? 0,
    };

    /// <summary>Who changed something and when, in seconds.</summary>
    internal sealed record Change(string User, long Seconds);
}
