using Subot.Api.Answers;
using Subot.Api.Settings;
using Subot.Api.Threads;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Projection;
using Subot.Domain.Settings;
using Subot.Domain.Values;
using Subot.Storage;

namespace Subot.Api.Compatible;

/// <summary>
/// What an admin says of a message becomes facts with their name, which the bot's loop applies: nothing is overwritten. What Slack tells
/// (who wrote what, and when) cannot be corrected.
/// </summary>
internal sealed class MessageCorrections(
    IThreadStore store, CorrectionInbox inbox, ThreadReading reading, SettingsReading settings, TimeProvider time)
{
    /// <summary>Makes a message what is said of it.</summary>
    /// <param name="id">The message's id, or its ts.</param>
    /// <exception cref="RefusedException">There is no such message, or it cannot be that.</exception>
    public async Task CorrectAsync(string id, MessageBody said, UserId by, CancellationToken ct)
    {
        var (thread, history) = await FindAsync(id, ct);
        if (thread is null)
            throw CompatibleSettings.Refused("there is no such message; Slack's messages alone are told here");
        var now = Ts.From(time.GetUtcNow());
        List<CorrectionFact> corrections = [.. OfKind(thread.State, said, by), .. OfTags(thread.State, said, by, history.At(now).Settings), .. OfStatus(thread.State, said, by)];
        await inbox.PostAsync(thread.State, corrections, now, ct);
    }

    /// <summary>Takes a message out of the requests; one that is not known is out already.</summary>
    public async Task DismissAsync(string id, UserId by, CancellationToken ct)
    {
        if ((await FindAsync(id, ct)).Thread is { State.Kind: RootKind.Request } thread)
            await inbox.PostAsync(thread.State, [new CorrectionFact(default, CorrectionKind.Dismiss, by)], Ts.From(time.GetUtcNow()), ct);
    }

    private async Task<(ReadThread? Thread, SettingsHistory History)> FindAsync(string id, CancellationToken ct)
    {
        var history = await settings.HistoryAsync(ct);
        var colon = id.IndexOf(':');
        if (!Ts.TryParse(id.AsSpan(colon + 1), out var root))
            return (null, history);
        var channels = colon > 0 ? [new ChannelId(id[..colon])] : (await store.ChannelsAsync(ct)).Select(c => c.Id);
        return (await reading.FindAsync([.. channels.Select(c => new ThreadKey(c, root))], history, ct), history);
    }

    private static IEnumerable<CorrectionFact> OfKind(ProjectedThread thread, MessageBody said, UserId by)
    {
        switch (said)
        {
            case { Type: "team" or "deleted" } or { Status: "deleted" }:
                if (thread.Kind == RootKind.Request)
                    yield return new CorrectionFact(default, CorrectionKind.Dismiss, by);
                break;
            case { Type: "user" } when thread.Kind == RootKind.Dismissed:
                yield return new CorrectionFact(default, CorrectionKind.Restore, by);
                break;
            case { Type: "user" } when thread.Kind == RootKind.Team:
                yield return new CorrectionFact(default, CorrectionKind.Track, by, thread.RootAuthor);
                break;
        }
    }

    private static IEnumerable<CorrectionFact> OfTags(ProjectedThread thread, MessageBody said, UserId by, TeamSettings settings)
    {
        var tools = Ids(said.Tools, settings.Tools, thread.Tools, "tool");
        var labels = Ids(said.Labels, settings.Labels, thread.Labels, "label");
        if (!tools.ToHashSet().SetEquals(thread.Tools) || !labels.ToHashSet().SetEquals(thread.Labels))
            yield return new CorrectionFact(default, CorrectionKind.Retag, by) { Tags = new Findings(tools, labels, TimedOut: false) };
    }

    private static IEnumerable<CorrectionFact> OfStatus(ProjectedThread thread, MessageBody said, UserId by)
    {
        if (thread is not { Course: { } course } || said.Status is not ("fixed" or "unresponded" or "responded"))
            yield break;
        if (said.Status == "fixed" && course.Phase != Phase.Solved)
            yield return new CorrectionFact(default, CorrectionKind.Solve, by);
        if (said.Status != "fixed" && course.Phase == Phase.Solved)
            yield return new CorrectionFact(default, CorrectionKind.Reopen, by);
        // An expired one is shown as responded.
        if ((said.Status == "responded" && course is { FirstTeamReply: null, Phase: not Phase.Expired }) || (said.Status == "unresponded" && course.FirstTeamReply is not null))
            throw CompatibleSettings.Refused("whether somebody of the team has answered is told by the thread: write there, or call it fixed");
    }

    /// <summary>Ids of what is named; a name that the message has already may be that of a deleted one.</summary>
    private static ValueList<string> Ids(IReadOnlyList<string>? names, ValueList<Tag> tags, ValueList<string> present, string kind)
    {
        if (names is null)
            return present;
        return [.. names.Where(n => !string.IsNullOrEmpty(n)).Distinct().Select(name =>
            tags.FirstOrDefault(t => t.Name == name && present.Contains(t.Id)) ?? tags.FirstOrDefault(t => t.Name == name && !t.Archived)
            ?? throw CompatibleSettings.Refused($"specified {kind} does not exist")).Select(t => t.Id)];
    }
}
