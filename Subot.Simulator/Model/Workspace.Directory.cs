using System.Text.Json.Nodes;

namespace Subot.Simulator.Model;

public sealed partial class Workspace
{
    /// <summary>Someone new joins the team, which the app hears of.</summary>
    public void JoinTeam(Person person)
    {
        lock (Gate)
        {
            Add(person);
            TellPerson("team_join", person);
        }
    }

    /// <summary>A person's name or profile changed, which the app hears of.</summary>
    public void ChangePerson(string id, Action<Person> change)
    {
        lock (Gate)
        {
            var person = PersonOrNew(id);
            change(person);
            Add(person);
            TellPerson("user_change", person);
        }
    }

    /// <summary>Gives a channel another name.</summary>
    public void Rename(string user, string channel, string name)
    {
        lock (Gate)
        {
            var place = ChannelOrNew(channel);
            var body = Subtyped(place.Kind == ChannelKind.Private ? "group_name" : "channel_name", user, $"<@{user}> has renamed the channel to \"{name}\"");
            body["old_name"] = place.Name;
            body["name"] = place.Name = name;
            TellApp(place, new JsonObject
            {
                ["type"] = place.Kind == ChannelKind.Private ? "group_rename" : "channel_rename",
                ["channel"] = new JsonObject { ["id"] = place.Id, ["name"] = name, ["name_normalized"] = name, ["created"] = place.Created },
                ["event_ts"] = Now(place, null),
            });
            PostBody(place, body, null, null);
            DirectoryChanged?.Invoke();
        }
    }

    /// <summary>Archives a channel, or brings it back.</summary>
    public void Archive(string user, string channel, bool isArchived = true)
    {
        lock (Gate)
        {
            var place = ChannelOrNew(channel);
            place.IsArchived = isArchived;
            var what = (place.Kind == ChannelKind.Private ? "group_" : "channel_") + (isArchived ? "archive" : "unarchive");
            PostBody(place, Subtyped(what, user, $"<@{user}> has {(isArchived ? "archived" : "un-archived")} the channel"), null, null);
            TellApp(place, new JsonObject { ["type"] = what, ["channel"] = place.Id, ["user"] = user, ["event_ts"] = Now(place, null) });
            DirectoryChanged?.Invoke();
        }
    }

    /// <summary>Makes a public channel private: the app stays in it, and it keeps its id.</summary>
    public void MakePrivate(string user, string channel)
    {
        lock (Gate)
        {
            var place = ChannelOrNew(channel);
            if (place.Kind != ChannelKind.Public)
                return;
            place.Kind = ChannelKind.Private;
            PostBody(place, Subtyped("channel_convert_to_private", user, $"<@{user}> made this channel private"), null, null);
            DirectoryChanged?.Invoke();
        }
    }

    /// <summary>Gives a user group these members, which the app hears of. False when there is no such group.</summary>
    public bool SetGroup(string groupId, params IReadOnlyList<string> users)
    {
        lock (Gate)
        {
            if (!UserGroups.TryGetValue(groupId, out var group))
                return false;
            TellGroup(group, users);
            DirectoryChanged?.Invoke();
            return true;
        }
    }

    private void TellGroup(UserGroup group, IReadOnlyList<string> users)
    {
        var added = users.Except(group.Users).ToList();
        var removed = group.Users.Except(users).ToList();
        var previous = group.UpdatedAt;
        group.Users = [.. users];
        group.UpdatedAt = Time.GetUtcNow().ToUnixTimeSeconds();
        TellApp(new JsonObject
        {
            ["type"] = "subteam_updated",
            ["subteam"] = group.Show(App.TeamId, withUsers: true),
            ["event_ts"] = Ts.From(Time.GetUtcNow()),
        });
        TellApp(new JsonObject
        {
            ["type"] = "subteam_members_changed",
            ["subteam_id"] = group.Id,
            ["team_id"] = App.TeamId,
            ["date_previous_update"] = previous,
            ["date_update"] = group.UpdatedAt,
            ["added_users"] = Json.Array(added),
            ["added_users_count"] = added.Count,
            ["removed_users"] = Json.Array(removed),
            ["removed_users_count"] = removed.Count,
            ["event_ts"] = Ts.From(Time.GetUtcNow()),
        });
    }

    internal void TellHomeOpened(string user, string tab, JsonObject? view)
    {
        var @event = new JsonObject
        {
            ["type"] = "app_home_opened",
            ["user"] = user,
            ["channel"] = DirectWith(user).Id,
            ["tab"] = tab,
            ["event_ts"] = Ts.From(Time.GetUtcNow()),
        };
        if (view is not null && tab == "home")
            @event["view"] = view.DeepClone();
        TellApp(@event);
    }

    private void TellPerson(string type, Person person) => TellApp(new JsonObject
    {
        ["type"] = type,
        ["user"] = person.Show(App.TeamId, withEmail: true, Time.GetUtcNow()),
        ["cache_ts"] = Time.GetUtcNow().ToUnixTimeSeconds(),
        ["event_ts"] = Ts.From(Time.GetUtcNow()),
    });
}
