using System.Text;
using Microsoft.Extensions.Time.Testing;
using Subot.Bot.Importing.Legacy;
using Subot.Bot.Privacy;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Projection;
using Subot.Hosting.Configuration;
using Subot.Hosting.SettingsFiles;
using Subot.Storage;
using Subot.Storage.Elasticsearch.Legacy;

namespace Subot.Tests.Bot.Legacy;

/// <summary>Imports the first Subot's data into a store, and tells what came of it.</summary>
internal sealed class LegacyDesk(IStore store, CancellationToken ct, params (string Name, string Value)[] environment)
{
    public static readonly ChannelId Support = new("C0SUPPORT01");

    /// <summary>When it is imported: a week after the last event that was recorded, when some requests have expired.</summary>
    public DateTimeOffset Now { get; init; } = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    public LegacyCount? Count { get; private set; }

    /// <summary>Imports; returns the list that people get.</summary>
    public async Task<string> ImportAsync(LegacyData data)
    {
        var variables = environment.ToDictionary(e => e.Name, e => e.Value);
        var time = new FakeTimeProvider(Now);
        var parameters = SettingsParameters.Read(new ParameterReader(new ParameterSource(variables.GetValueOrDefault)), time);
        var import = new LegacyImport(data, Support, store, Forgetting.Nothing, time);
        Count = await import.RunAsync(parameters, (_, _) => { }, ct);
        return string.Join('\n', import.Report.Lines());
    }

    public async Task<ProjectedThread> ThreadAsync(string root) => (await store.LoadAsync([KeyOf(root)], ct))[KeyOf(root)].State;

    public ValueTask<IReadOnlyList<Fact>> FactsAsync(string root) => store.LoadFactsAsync(KeyOf(root), ct);

    /// <summary>Every thread in a line.</summary>
    public async Task<string> ThreadsAsync()
    {
        var lines = new StringBuilder();
        await foreach (var record in store.ReadThreadsAsync(Support, ct))
            lines.Append(LineOf(record.Thread.State, record.Facts, await store.TextAsync(new MessageKey(Support, record.Thread.State.Key.Root), ct))).Append('\n');
        return lines.ToString();
    }

    /// <summary>The settings as their file shows them: the first version, and what differs in each later one.</summary>
    public async Task<string> SettingsAsync()
    {
        var (before, text) = ("", new StringBuilder());
        foreach (var version in (await store.SettingsAsync(ct)).Written)
        {
            var now = SettingsYaml.Write(version.Settings);
            text.Append($"# from {version.ValidFrom} by {version.Author}\n").Append(before.Length == 0 ? now : string.Join('\n', LineDifference.Of(before, now))).Append('\n');
            before = now;
        }

        return text.ToString();
    }

    private static ThreadKey KeyOf(string root) => new(Support, Ts.Parse(root));

    private static string LineOf(ProjectedThread state, IReadOnlyList<Fact> facts, string? text)
    {
        var parts = new List<string> { state.Key.Root.ToString(), state.Kind.ToString(), state.Status.ToString(), state.RootAuthor?.Value ?? "-" };
        if (state.Tools.Count + state.Labels.Count > 0)
            parts.Add($"[{string.Join(", ", state.Tools)} | {string.Join(", ", state.Labels)}]");
        if (state.Course is { FirstTeamReply: { } reply } course)
            parts.Add($"answered after {(reply - course.ResponseFrom) / (60 * Ts.Second)} min");
        if (state.Course is { EverSolved: true } solved)
            parts.Add(solved.FirstSolvedAt is { } at ? $"solved after {(at - state.Key.Root) / (60 * Ts.Second)} min{(solved.FirstSolvedByRequester ? " by the requester" : "")}" : "solved");
        if (state.Feedback != Feedback.None)
            parts.Add(state.Feedback.ToString());
        parts.Add($"{state.Replies} replies{(state.BotReplied is null ? "" : ", the bot's first")}");
        parts.AddRange(facts.OfType<CorrectionFact>().Select(c => $"corrected: {c.Correction}"));
        parts.Add(text is null ? "no text" : $"\"{text.ReplaceLineEndings(" ")[..Math.Min(text.Length, 40)]}\"");
        return string.Join("; ", parts);
    }
}
