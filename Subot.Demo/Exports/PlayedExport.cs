using System.Text.Json.Nodes;
using Subot.Simulator.Exports;
using Subot.Simulator.Model;

namespace Subot.Demo.Exports;

/// <summary>A real Slack export, ready to be played: its workspace without messages, and all that happens in the order of time.</summary>
internal sealed record PlayedExport(DemoPlace Place, IReadOnlyList<string> ChannelNames, IReadOnlyList<PlayStep> Steps)
{
    public int Messages => Steps.Count(step => step is MessageStep);

    public int Reactions => Steps.Count - Messages;

    /// <summary>Reads an export.</summary>
    /// <param name="names">The channels to play; all when empty.</param>
    /// <param name="team">User ids with commas.</param>
    /// <exception cref="InvalidDataException">It is no Slack export, or has no such channel.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static PlayedExport Load(string path, IReadOnlyList<string> names, string? team, TimeProvider time)
    {
        using var archive = Open(path);
        var channels = Find(archive, names);
        var workspace = ExportWorkspace.Load(path, withMessages: false, DemoPlace.App, time);
        // A channel that was archived since is open while it is played.
        foreach (var channel in channels)
            workspace.FindChannel(channel.Id)!.IsArchived = false;

        var steps = channels.SelectMany(channel => StepsOf(channel.Id, archive.ReadMessages(channel))).OrderBy(step => step.At, StringComparer.Ordinal);
        var members = (team ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new PlayedExport(new DemoPlace(workspace, [.. channels.Select(c => c.Id)], members), [.. channels.Select(c => c.Name)], [.. steps]);
    }

    private static ExportArchive Open(string path)
    {
        try
        {
            return ExportArchive.Open(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"The export '{path}' cannot be read: {e.Message}", e);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"'{path}' is no Slack export ({e.Message}). Name the zip as Slack made it, or the folder it was unpacked to.", e);
        }
    }

    private static List<ExportChannel> Find(ExportArchive archive, IReadOnlyList<string> names)
    {
        if (archive.Channels.Count == 0)
            throw new InvalidDataException("The export has no channels.");
        if (names.Count == 0)
            return [.. archive.Channels];
        return [.. names.Select(name => archive.Channels.FirstOrDefault(c => c.Name == name.TrimStart('#') || c.Id == name)
            ?? throw new InvalidDataException($"The export has no channel '{name}'. It has: {string.Join(", ", archive.Channels.Select(c => c.Name).Order(StringComparer.Ordinal))}.")).Distinct()];
    }

    private static IEnumerable<PlayStep> StepsOf(string channel, IEnumerable<JsonObject> all)
    {
        var messages = all.Where(message => Ts.IsMessageTs(Text(message, "ts"))).ToList();
        var ends = messages.GroupBy(ThreadOf).ToDictionary(thread => thread.Key, thread => thread.Select(m => Text(m, "ts")!).Max(StringComparer.Ordinal)!);
        foreach (var message in messages)
        {
            yield return new MessageStep(Text(message, "ts")!, channel, message);
            foreach (var reaction in ReactionsOf(channel, message, ends[ThreadOf(message)]))
                yield return reaction;
        }
    }

    private static IEnumerable<ReactionStep> ReactionsOf(string channel, JsonObject message, string threadEnd)
    {
        Ts.TryMicros(threadEnd, out var at);
        return from reaction in (message["reactions"] as JsonArray ?? []).OfType<JsonObject>()
               from user in (reaction["users"] as JsonArray ?? []).Select(user => user?.GetValue<string>()).OfType<string>()
               let emoji = Text(reaction, "name")
               where emoji is not null
               select new ReactionStep(Ts.FromMicros(++at), channel, Text(message, "ts")!, emoji, user);
    }

    private static string ThreadOf(JsonObject message) => Text(message, "thread_ts") ?? Text(message, "ts")!;

    private static string? Text(JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
