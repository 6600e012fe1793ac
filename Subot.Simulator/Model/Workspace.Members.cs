using System.Text.Json.Nodes;

namespace Subot.Simulator.Model;

public sealed partial class Workspace
{
    /// <summary>Adds a reaction. False when the message is gone or already has it from this user.</summary>
    public bool React(string user, string channel, string ts, string emoji, string? at = null)
    {
        lock (Gate)
            return SetReaction(user, channel, ts, emoji, present: true) && TellReaction("reaction_added", user, channel, ts, emoji, at);
    }

    /// <summary>Takes a reaction back. False when there is none of this user.</summary>
    public bool Unreact(string user, string channel, string ts, string emoji, string? at = null)
    {
        lock (Gate)
            return SetReaction(user, channel, ts, emoji, present: false) && TellReaction("reaction_removed", user, channel, ts, emoji, at);
    }

    /// <summary>A person or the app enters a channel; false when already in it.</summary>
    public bool Join(string user, string channel, string? inviter = null, string? at = null)
    {
        lock (Gate)
        {
            var place = ChannelOrNew(channel);
            if (!SetMember(place, user, isIn: true))
                return false;
            var moment = Now(place, at);
            var joined = Membership("member_joined_channel", user, place, moment);
            if (inviter is not null)
                joined["inviter"] = inviter;
            TellApp(place, joined);
            Notice(place, user, "join", "has joined the channel", moment);
            return true;
        }
    }

    /// <summary>A person or the app leaves a channel; false when not in it.</summary>
    public bool Leave(string user, string channel, string? at = null)
    {
        lock (Gate)
        {
            if (FindChannel(channel) is not { } place || !place.Members.Contains(user))
                return false;
            if (user == App.BotUserId)
                return LeaveAsApp(place, user, at);
            var moment = Now(place, at);
            Notice(place, user, "leave", "has left the channel", moment);
            TellApp(place, Membership("member_left_channel", user, place, moment));
            SetMember(place, user, isIn: false);
            return true;
        }
    }

    /// <summary>A person takes someone, or the app, out of a channel; false when not in it.</summary>
    public bool Remove(string remover, string user, string channel)
    {
        lock (Gate)
        {
            if (user != App.BotUserId)
                return Leave(user, channel);
            return FindChannel(channel) is { } place && place.Members.Contains(user) && LeaveAsApp(place, remover, null);
        }
    }

    /// <summary>
    /// The app is no member any more when the others hear of it, so that it sees no message: it is told with channel_left.
    /// </summary>
    private bool LeaveAsApp(Channel place, string actor, string? at)
    {
        var moment = Now(place, at);
        SetMember(place, App.BotUserId, isIn: false);
        Notice(place, App.BotUserId, "leave", "has left the channel", moment);
        TellApp(new JsonObject
        {
            ["type"] = place.Kind == ChannelKind.Private ? "group_left" : "channel_left",
            ["channel"] = place.Id,
            ["actor_id"] = actor,
            ["event_ts"] = moment,
        });
        return true;
    }

    /// <summary>Puts someone into a channel or takes them out, and tells no one; false when nothing changed.</summary>
    internal bool SetMember(Channel channel, string user, bool isIn)
    {
        PersonOrNew(user);
        if (channel.Members.Contains(user) == isIn)
            return false;
        if (isIn)
            channel.Members.Add(user);
        else
            channel.Members.Remove(user);
        DirectoryChanged?.Invoke();
        return true;
    }

    /// <summary>Puts a reaction on a message or takes it off, and tells no one but the page.</summary>
    internal bool SetReaction(string user, string channel, string ts, string emoji, bool present)
    {
        if (FindChannel(channel) is not { } place || place.Find(ts) is not { } message)
            return false;
        var reaction = message.Reactions.Find(known => known.Name == emoji);
        if (present == (reaction?.Users.Contains(user) ?? false))
            return false;
        if (!present)
        {
            reaction!.Users.Remove(user);
            if (reaction.Users.Count == 0)
                message.Reactions.Remove(reaction);
        }
        else if (reaction is null)
            message.Reactions.Add(new Reaction(emoji, [user]));
        else
            reaction.Users.Add(user);
        PersonOrNew(user);
        TellShown(place, ts);
        return true;
    }

    private bool TellReaction(string type, string user, string channel, string ts, string emoji, string? at)
    {
        var place = ChannelOrNew(channel);
        var @event = new JsonObject
        {
            ["type"] = type,
            ["user"] = user,
            ["reaction"] = emoji,
            ["item"] = new JsonObject { ["type"] = "message", ["channel"] = channel, ["ts"] = ts },
        };
        if (place.Find(ts)?.Author is { } author)
            @event["item_user"] = author;
        @event["event_ts"] = Now(place, at);
        TellApp(place, @event);
        return true;
    }

    private JsonObject Membership(string type, string user, Channel channel, string moment) => new()
    {
        ["type"] = type,
        ["user"] = user,
        ["channel"] = channel.Id,
        ["channel_type"] = channel.TypeLetter,
        ["team"] = App.TeamId,
        ["event_ts"] = moment,
    };

    private void Notice(Channel channel, string user, string what, string words, string moment)
    {
        var subtype = (channel.Kind == ChannelKind.Private ? "group_" : "channel_") + what;
        PostBody(channel, Subtyped(subtype, user, $"<@{user}> {words}"), null, channel.Find(moment) is null ? moment : null);
    }

    private static JsonObject Subtyped(string subtype, string user, string text) =>
        new() { ["type"] = "message", ["subtype"] = subtype, ["user"] = user, ["text"] = text };
}
