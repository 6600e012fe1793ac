using System.Globalization;
using System.Text.Json.Nodes;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;

namespace Subot.Bot.Commands;

/// <summary>The numbers as JSON, in the field names that other programs use for the same definitions.</summary>
internal static class NumbersJson
{
    public static JsonObject Of(TeamNumbers n) => new()
    {
        ["messages"] = n.Messages,
        ["roots"] = new JsonObject(n.Roots.OrderBy(r => Name(r.Key), StringComparer.Ordinal).Select(r => KeyValuePair.Create(Name(r.Key), (JsonNode?)r.Value))),
        ["replies"] = n.Replies,
        ["replies_without_root"] = n.RepliesWithoutRoot,
        ["requests"] = n.Requests,
        ["responded"] = n.Responded,
        ["waiting"] = n.Waiting,
        ["solved"] = n.Solved,
        ["expired"] = n.Expired,
        ["open"] = n.Open,
        ["oldest_open"] = n.OldestOpen?.ToDateTimeOffset().ToString("O", CultureInfo.InvariantCulture),
        ["resolution_rate"] = Rounded(n.ResolutionRate),
        ["first_response"] = Of(n.FirstResponse),
        ["first_response_working"] = Of(n.FirstResponseWorking),
        ["acknowledged"] = Of(n.Acknowledged),
        ["acknowledged_working"] = Of(n.AcknowledgedWorking),
        ["next_response"] = Of(n.NextResponse),
        ["next_response_working"] = Of(n.NextResponseWorking),
        ["first_solved"] = Of(n.FirstSolved),
        ["first_solved_working"] = Of(n.FirstSolvedWorking),
        ["last_solved"] = Of(n.LastSolved),
        ["last_solved_working"] = Of(n.LastSolvedWorking),
        ["waiting_on_team"] = Of(n.WaitingOnTeam),
        ["waiting_on_team_working"] = Of(n.WaitingOnTeamWorking),
        ["waiting_on_requester"] = Of(n.WaitingOnRequester),
        ["waiting_on_requester_working"] = Of(n.WaitingOnRequesterWorking),
        ["response_target"] = new JsonObject
        {
            ["met"] = n.Target.Met,
            ["breached"] = n.Target.Breached,
            ["running"] = n.Target.Running,
            ["not_judged"] = n.Target.NotJudged,
            ["met_rate"] = Rounded(n.Target.MetRate),
        },
        ["reopenings"] = n.Reopenings,
        ["reopened_threads"] = n.ReopenedThreads,
        ["ever_solved"] = n.EverSolved,
        ["reopen_rate"] = Rounded(n.ReopenRate),
        ["estimated_closings"] = n.EstimatedClosings,
        ["useful"] = n.Useful,
        ["useless"] = n.Useless,
        ["usefulness"] = Rounded(n.Usefulness),
        ["answered"] = n.Answered,
        ["asked_feedback"] = n.AskedFeedback,
        ["feedback_rate"] = Rounded(n.FeedbackRate),
        ["deflected"] = n.Deflected,
        ["deflection_rate"] = Rounded(n.DeflectionRate),
        ["requests_by_hour_of_week"] = new JsonArray([.. n.RequestsByHourOfWeek.Select(c => (JsonNode?)c)]),
    };

    /// <summary>What a root is, in one word.</summary>
    public static string Name(RootKind kind) => kind.ToString().ToLowerInvariant();

    private static JsonObject Of(DurationNumbers d) => new()
    {
        ["n"] = d.N,
        ["waiting"] = d.Waiting,
        ["closed"] = d.Closed,
        ["sum_seconds"] = d.SumSeconds,
        ["mean_seconds"] = Rounded(d.MeanSeconds),
        ["median"] = d.Median,
        ["median_answered"] = d.MedianAnswered,
        ["p90_answered"] = d.P90Answered,
        ["p95_answered"] = d.P95Answered,
        ["zeros"] = d.Zeros,
    };

    private static double? Rounded(double? value) => value is { } known ? Math.Round(known, 6) : null;
}
