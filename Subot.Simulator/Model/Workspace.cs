using System.Text.Json.Nodes;

namespace Subot.Simulator.Model;

/// <summary>
/// The state of a Slack workspace, and what its people do in it. Every change is made under one lock and tells the app
/// and the page what happened in the order in which it happened. Programs that act as people call it directly.
/// </summary>
public sealed partial class Workspace
{
    private readonly Dictionary<string, Person> people = [];
    private readonly Dictionary<string, Channel> channels = [];
    private readonly EventBodies bodies;
    private int created;

    public Workspace(AppIdentity app, TimeProvider time)
    {
        App = app;
        Time = time;
        bodies = new EventBodies(app, time);
        people[app.BotUserId] = new Person { Id = app.BotUserId, Name = app.Name, RealName = app.Name, IsBot = true, BotId = app.BotId };
    }

    public AppIdentity App { get; }

    /// <summary>Told of each event the app subscribes to; must not block.</summary>
    internal event Action<AppEvent>? ForApp;

    /// <summary>Told of each message someone wrote; must not block.</summary>
    internal event Action<Channel, Message>? Written;

    /// <summary>Told of each message that is new or looks different, and of those that are gone; must not block.</summary>
    internal event Action<MessageChange>? Shown;

    /// <summary>Told when a person, a channel or a membership is new, changed or gone; must not block.</summary>
    internal event Action? DirectoryChanged;

    internal TimeProvider Time { get; }

    /// <summary>Held during every change; a Web API call holds it from its first check to its last effect.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>By id.</summary>
    internal Dictionary<string, UserGroup> UserGroups { get; } = [];

    public IReadOnlyList<UserGroup> Groups
    {
        get
        {
            lock (Gate)
                return [.. UserGroups.Values];
        }
    }

    public IReadOnlyList<Person> People
    {
        get
        {
            lock (Gate)
                return [.. people.Values];
        }
    }

    public IReadOnlyList<Channel> Channels
    {
        get
        {
            lock (Gate)
                return [.. channels.Values];
        }
    }

    public Person? FindPerson(string? id)
    {
        lock (Gate)
            return id is null ? null : people.GetValueOrDefault(id);
    }

    public Channel? FindChannel(string? id)
    {
        lock (Gate)
            return id is null ? null : channels.GetValueOrDefault(id);
    }

    /// <summary>Adds a person; someone with that id is replaced.</summary>
    public Person Add(Person person)
    {
        lock (Gate)
            people[person.Id] = person;
        DirectoryChanged?.Invoke();
        return person;
    }

    /// <summary>Adds a channel without telling anyone; one with that id is replaced.</summary>
    public Channel Add(Channel channel, params IEnumerable<string> members)
    {
        lock (Gate)
        {
            channel.Members.AddRange(members);
            channels[channel.Id] = channel;
        }
        DirectoryChanged?.Invoke();
        return channel;
    }

    public UserGroup Add(UserGroup group)
    {
        lock (Gate)
            UserGroups[group.Id] = group;
        DirectoryChanged?.Invoke();
        return group;
    }

    /// <summary>The channel with this id, made on the fly with the app as its member when it is unknown.</summary>
    public Channel ChannelOrNew(string id)
    {
        lock (Gate)
            return channels.TryGetValue(id, out var channel)
                ? channel
                : Add(new Channel(id, id.ToLowerInvariant(), ChannelKind.Public), App.BotUserId);
    }

    /// <summary>The person with this id, made on the fly when unknown.</summary>
    public Person PersonOrNew(string id)
    {
        lock (Gate)
            return people.TryGetValue(id, out var person) ? person : Add(new Person { Id = id, Name = id.ToLowerInvariant(), RealName = id });
    }

    /// <summary>Adds the author of a message who is not known yet; exports tell their name beside the message.</summary>
    private void Meet(string id, JsonObject? profile) => Add(new Person
    {
        Id = id,
        Name = profile?.Text("name") ?? id.ToLowerInvariant(),
        RealName = profile?.Text("real_name") ?? id,
    });

    /// <summary>True when this user is a member of the channel.</summary>
    public bool IsMember(string user, Channel channel)
    {
        lock (Gate)
            return channel.Members.Contains(user);
    }

    /// <summary>True when the app gets the events of this channel.</summary>
    public bool AppIsIn(Channel channel) => IsMember(App.BotUserId, channel);

    /// <summary>The direct conversation between the app and a person.</summary>
    internal Channel DirectWith(string user)
    {
        var channel = channels.Values.FirstOrDefault(known => known.Kind == ChannelKind.Direct && known.Members.Contains(user));
        return channel ?? Add(new Channel(NewId('D'), "", ChannelKind.Direct), App.BotUserId, user);
    }

    /// <summary>A new id of ten characters for a thing of this kind (D, F, V ...).</summary>
    internal string NewId(char kind) => $"{kind}0SIM{Interlocked.Increment(ref created):D5}";

    private string Now(Channel channel, string? given) => given ?? channel.NextTs(Time.GetUtcNow());

    private void TellApp(Channel channel, JsonObject @event)
    {
        if (channel.Members.Contains(App.BotUserId))
            TellApp(@event);
    }

    private void TellApp(JsonObject @event)
    {
        if (ForApp is { } told)
            told(bodies.Wrap(@event));
    }

    private void TellShown(Channel channel, string ts) => Shown?.Invoke(new MessageChange(channel, ts));

    /// <summary>Tells that a message looks different, and its parent too, whose counters follow its replies.</summary>
    private void TellShown(Channel channel, Message message)
    {
        TellShown(channel, message.Ts);
        if (message.ThreadTs is not null)
            TellShown(channel, message.ThreadTs);
    }
}

/// <summary>A message that is new, looks different, or is gone (then the channel no longer finds it).</summary>
internal readonly record struct MessageChange(Channel Channel, string Ts);
