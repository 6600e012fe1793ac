using Subot.Simulator.Model;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Subot.Simulator.WorkspaceFiles;

/// <summary>Makes a workspace of a YAML file with people and channels.</summary>
public static class WorkspaceFile
{
    private const string SampleName = "sample.yaml";

    /// <summary>The small company of the built-in file.</summary>
    public static Workspace Sample(AppIdentity? app = null, TimeProvider? time = null)
    {
        using var stream = typeof(WorkspaceFile).Assembly.GetManifestResourceStream(SampleName)!;
        using var reader = new StreamReader(stream);
        return Read(reader, SampleName, app, time ?? TimeProvider.System);
    }

    /// <summary>Loads a file.</summary>
    /// <exception cref="InvalidDataException">It is no workspace; the message names the line or the entry.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Workspace Load(string path, AppIdentity? app = null, TimeProvider? time = null)
    {
        using var reader = new StreamReader(path);
        return Read(reader, path, app, time ?? TimeProvider.System);
    }

    private static Workspace Read(TextReader reader, string file, AppIdentity? app, TimeProvider time)
    {
        try
        {
            var document = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).Build()
                .Deserialize<WorkspaceDocument?>(reader) ?? new WorkspaceDocument();
            return Build(document, app ?? AppOf(document), time);
        }
        catch (YamlException exception)
        {
            throw new InvalidDataException($"{file}, line {exception.Start.Line}: {exception.InnerException?.Message ?? exception.Message}", exception);
        }
        catch (FormatException exception)
        {
            throw new InvalidDataException($"{file}: {exception.Message}", exception);
        }
    }

    private static AppIdentity AppOf(WorkspaceDocument document)
    {
        var usual = new AppIdentity();
        return new AppIdentity
        {
            TeamId = document.Team.Id ?? usual.TeamId,
            TeamName = document.Team.Name ?? usual.TeamName,
            Domain = document.Team.Domain ?? usual.Domain,
            AppId = document.App.Id ?? usual.AppId,
            Name = document.App.Name ?? usual.Name,
            BotUserId = document.App.UserId ?? usual.BotUserId,
            BotId = document.App.BotId ?? usual.BotId,
            Shortcuts = [.. document.Shortcuts.Select(ShortcutOf)],
        };
    }

    private static Workspace Build(WorkspaceDocument document, AppIdentity app, TimeProvider time)
    {
        var workspace = new Workspace(app, time);
        var ids = new Dictionary<string, string> { ["app"] = app.BotUserId };
        foreach (var user in document.Users)
        {
            var person = PersonOf(user);
            ids[person.Name] = ids[person.Id] = workspace.Add(person).Id;
        }
        foreach (var channel in document.Channels)
            workspace.Add(ChannelOf(channel), (channel.Members ?? [.. ids.Keys]).Select(member => IdOf(ids, member)).Distinct());
        foreach (var group in document.Groups)
            workspace.Add(GroupOf(group, ids));
        return workspace;
    }

    private static Person PersonOf(WorkspaceDocument.UserEntry user) => new()
    {
        Id = Required(user.Id, "users", "id"),
        Name = Required(user.Name, "users", "name"),
        RealName = user.RealName ?? user.Name!,
        Email = user.Email,
        Title = user.Title ?? "",
        TimeZone = user.TimeZone ?? "Europe/Paris",
        IsAdmin = user.Admin,
        IsOwner = user.Owner,
        IsBot = user.Bot,
    };

    private static Channel ChannelOf(WorkspaceDocument.ChannelEntry channel) =>
        new(Required(channel.Id, "channels", "id"), Required(channel.Name, "channels", "name"), channel.Private ? ChannelKind.Private : ChannelKind.Public)
        {
            Topic = channel.Topic ?? "",
            Purpose = channel.Purpose ?? "",
            IsArchived = channel.Archived,
            IsGeneral = channel.General,
        };

    private static UserGroup GroupOf(WorkspaceDocument.GroupEntry group, Dictionary<string, string> ids) => new()
    {
        Id = Required(group.Id, "groups", "id"),
        Handle = Required(group.Handle, "groups", "handle"),
        Name = group.Name ?? group.Handle!,
        Users = [.. group.Users.Select(user => IdOf(ids, user))],
    };

    private static Shortcut ShortcutOf(WorkspaceDocument.ShortcutEntry shortcut) =>
        new(Required(shortcut.Name, "shortcuts", "name"), Required(shortcut.CallbackId, "shortcuts", "callback_id"), shortcut.Global);

    private static string Required(string? value, string list, string name) =>
        value ?? throw new FormatException($"an entry of '{list}' has no '{name}'.");

    private static string IdOf(Dictionary<string, string> ids, string member) =>
        ids.GetValueOrDefault(member) ?? throw new FormatException($"'{member}' is none of the users.");
}
