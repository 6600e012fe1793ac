using Subot.Bot.Apply;
using Subot.Bot.Settings;
using Subot.Bot.Slash;
using Subot.Bot.Words;
using Subot.Domain;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;
using Subot.Domain.Settings;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.Home;

/// <summary>Reads what a home tab shows. Only open requests are looked at, and the week's numbers.</summary>
internal sealed class HomeReader(IStore store, WorkspaceIdentity self, CurrentSettings settings, OnCallNow onCall, Naming naming)
{
    private const int MostRequests = 20;
    private const long LookAheadSeconds = 40 * 86_400;

    /// <summary>For the team: whatever waits for it, the longest silent first.</summary>
    public Task<HomeContents> ForTeamAsync(Ts now, Ts asOf, CancellationToken ct) => ReadAsync(r => r.Turn == Turn.Team, now, asOf, ct);

    /// <summary>For anybody: their own open requests, the longest silent first.</summary>
    public Task<HomeContents> ForAsync(UserId user, Ts now, Ts asOf, CancellationToken ct) =>
        ReadAsync(r => r.Requester == user, now, asOf, ct);

    private async Task<HomeContents> ReadAsync(Func<ProjectedThread, bool> isShown, Ts now, Ts asOf, CancellationToken ct)
    {
        var history = settings.History;
        var zone = history.At(now).Zone;
        var open = new List<ProjectedThread>();
        foreach (var channel in self.Channels)
            open.AddRange((await store.LoadAsync(await store.OpenThreadsAsync(channel, Ts.Max, int.MaxValue, ct), ct)).Values.Select(t => t.State));
        var shown = open.Where(r => r.SilentSince is not null && isShown(r)).OrderBy(r => r.SilentSince).ThenBy(r => r.Key).ToList();
        var (from, to) = StatsPeriod.Parse("week", LocalDay.Of(now, zone))!.Bounds(zone);
        return new HomeContents
        {
            Now = now,
            Zone = zone,
            OnCall = [.. self.Channels.Select(c => OnCall(c, now))],
            // Their addresses come from Slack: not one after the other.
            Requests = await Task.WhenAll(shown.Take(MostRequests).Select(r => RequestAsync(r, now, zone, ct))),
            Count = shown.Count,
            OnRequesters = open.Count(r => r.Turn == Turn.Requester),
            Week = await store.NumbersAsync(new NumbersQuery(self.Channels, from, to, asOf, NumbersFilter.None), history, ct),
            AsOf = asOf,
        };
    }

    private HomeOnCall OnCall(ChannelId channel, Ts now)
    {
        var shifts = onCall.Shifts(channel, now, now.AddSeconds(LookAheadSeconds)).Take(2).ToList();
        return new HomeOnCall(channel, shifts[0], shifts is [_, { User: { } next }] ? next : null);
    }

    private async Task<HomeRequest> RequestAsync(ProjectedThread request, Ts now, TimeZoneInfo zone, CancellationToken ct) =>
        new(request, await LinkAsync(request.Key, ct), await naming.ExcerptAsync(request.Key, ct))
        {
            IsSnoozed = request.Snoozes.Exists(s => s.At >= request.SilentSince && LocalDay.Of(s.At, zone) == LocalDay.Of(now, zone)),
        };

    private async Task<string?> LinkAsync(ThreadKey thread, CancellationToken ct)
    {
        try
        {
            return await naming.LinkAsync(thread, ct);
        }
        catch (SlackException)
        {
            // A request without a link is better than none.
            return null;
        }
    }
}
