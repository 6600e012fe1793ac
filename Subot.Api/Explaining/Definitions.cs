using Subot.Domain.Numbers;

namespace Subot.Api.Explaining;

/// <summary>What every number means, in a sentence.</summary>
internal static class Definitions
{
    public static string Of(DurationName name)
    {
        var what = name.OnWallClock() switch
        {
            DurationName.FirstResponse => "From the first message (or the last opening after a closing without any team reply) to the first team reply after it, even after solving",
            DurationName.Acknowledged => "From the first message to the first team reply or acknowledging emoji of the team",
            DurationName.NextResponse => "From the first message of the requester after the first team reply, to the next team reply",
            DurationName.FirstSolved => "From the first message to the first solving",
            DurationName.LastSolved => "From the first message to the solving that stands",
            DurationName.WaitingOnTeam => "The sum of the team's turns",
            _ => "The sum of the requester's turns",
        };
        return what + (name.IsWorking() ? ", in working seconds." : ", in seconds.");
    }

    public static string Of(CountName name) => name switch
    {
        CountName.Requests => "Requests: first messages of people outside the team that are not deleted and not dismissed, and what the team tracks for somebody.",
        CountName.Responded => "Requests with a first response.",
        CountName.Waiting => "Requests that still wait for their first response.",
        CountName.Solved => "Requests that are solved now.",
        CountName.Expired => "Requests that were closed by a long silence.",
        CountName.Open => "Requests that are open now.",
        CountName.TargetMet => "Requests with a team reply by the time it was due.",
        CountName.TargetBreached => "Requests without a team reply by the time it was due, and still open then.",
        CountName.TargetRunning => "Open requests without a reply that is not due yet.",
        CountName.TargetNotJudged => "Requests that were closed before a reply was due, without one.",
        CountName.Reopenings => "How often the requester wrote after a solving, no courtesy.",
        CountName.ReopenedThreads => "Requests with a reopening.",
        CountName.ReopenedWithinWeek => "Requests with a reopening at most 7 days after a solving.",
        CountName.EverSolved => "Requests with a solving that was not undone.",
        CountName.EstimatedClosings => "Requests of which a closing has an unknown time; the last message stands for it.",
        CountName.Useful => "Requests whose requester last said that the answer was useful.",
        CountName.Useless => "Requests whose requester last said that the answer was not useful.",
        CountName.Answered => "Requests that the bot replied to with an answer that is active and fits.",
        CountName.AskedFeedback => "Answered requests of which an answer asks whether it was useful.",
        _ => "Answered requests that the requester solved before any team reply, without a reopening within 7 days.",
    };
}
