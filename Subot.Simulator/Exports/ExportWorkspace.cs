using System.Text.Json.Nodes;
using Subot.Simulator.Model;

namespace Subot.Simulator.Exports;

/// <summary>Makes a workspace of a real Slack export: its people and channels, and its messages where they are wanted.</summary>
public static class ExportWorkspace
{
    /// <summary>
    /// Loads an export from a zip or a folder. The app is a member of every channel. Without messages the channels are
    /// empty, ready to be played (<see cref="Workspace.Play"/>).
    /// </summary>
    /// <exception cref="InvalidDataException">It is no Slack export.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Workspace Load(string path, bool withMessages, AppIdentity? app = null, TimeProvider? time = null)
    {
        using var archive = ExportArchive.Open(path);
        var workspace = new Workspace(app ?? new AppIdentity(), time ?? TimeProvider.System);
        foreach (var user in archive.Users)
            if (PersonOf(user) is { } person)
                workspace.Add(person);
        foreach (var channel in archive.Channels)
            Add(workspace, archive, channel, withMessages);
        return workspace;
    }

    private static void Add(Workspace workspace, ExportArchive archive, ExportChannel exported, bool withMessages)
    {
        var channel = new Channel(exported.Id, exported.Name, exported.IsPrivate ? ChannelKind.Private : ChannelKind.Public)
        {
            IsArchived = exported.IsArchived,
            Topic = exported.Topic,
        };
        workspace.Add(channel, [workspace.App.BotUserId, .. exported.Members]);
        if (!withMessages)
            return;
        foreach (var message in archive.ReadMessages(exported))
            workspace.Restore(channel, message);
    }

    private static Person? PersonOf(JsonObject user)
    {
        if (user.Text("id") is not { } id)
            return null;
        var profile = user["profile"] as JsonObject ?? [];
        var name = user.Text("name") ?? id.ToLowerInvariant();
        return new Person
        {
            Id = id,
            Name = name,
            RealName = FirstFilled(user.Text("real_name"), profile.Text("real_name"), name),
            Title = profile.Text("title") ?? "",
            Email = profile.Text("email"),
            TimeZone = user.Text("tz") ?? "Etc/UTC",
            IsAdmin = user.Flag("is_admin"),
            IsBot = user.Flag("is_bot"),
            IsDeleted = user.Flag("deleted"),
        };
    }

    private static string FirstFilled(params string?[] texts) => texts.First(text => !string.IsNullOrEmpty(text))!;
}
