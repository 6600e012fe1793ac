using Subot.Api.Contracts;
using Subot.Api.Contracts.Threads;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;
using Subot.Storage;

namespace Subot.Api.Threads;

/// <summary>Threads and their facts as the API tells them.</summary>
internal static class ThreadWords
{
    public static ThreadItem Of(ProjectedThread state, in Contribution contribution, Dimensions dimensions, AsOf asOf, string? text) => new()
    {
        Channel = state.Key.Channel.Value,
        Ts = state.Key.Root.ToString(),
        At = state.Key.Root.ToDateTimeOffset(),
        Kind = Word.Of(state.Kind),
        Status = Word.Of(state.Status),
        Turn = Word.Of(state.Turn),
        Requester = state.Requester?.Value,
        Responder = dimensions.Responder?.Value,
        Tools = dimensions.Tools,
        Labels = dimensions.Labels,
        Answers = dimensions.Answers,
        Replies = state.Replies,
        LastMessage = state.LastMessage.ToDateTimeOffset(),
        SilentSince = state.SilentSince?.ToDateTimeOffset(),
        Feedback = Word.Of(state.Feedback),
        FirstResponse = contribution.FirstResponse is { Kind: MeasureKind.Done } wall ? wall.Wall : null,
        FirstResponseWorking = contribution.FirstResponse is { Kind: MeasureKind.Done } working ? working.Working : null,
        Solved = contribution.LastSolved is { Kind: MeasureKind.Done } solved ? solved.Wall : null,
        ResponseTarget = TargetWord.Of(contribution.TargetAt(asOf)),
        Text = text,
    };

    /// <param name="texts">The texts of the thread's messages.</param>
    public static ThreadFact Of(Fact fact, ChannelId channel, IReadOnlyDictionary<MessageKey, string> texts)
    {
        var told = new ThreadFact { At = fact.Time.ToDateTimeOffset(), Kind = Word.Of(fact.Kind), By = null };
        return fact switch
        {
            MessageFact message => told with
            {
                By = message.Author?.Value,
                Author = Word.Of(message.AuthorKind),
                Message = message.Time.ToString(),
                Courtesy = message.Verdicts.Courtesy,
                Text = texts.GetValueOrDefault(new MessageKey(channel, message.Time)),
            },
            EditFact edit => told with { Message = edit.Message.ToString(), Courtesy = edit.Verdicts.Courtesy },
            DeletionFact deletion => told with { Message = deletion.Message.ToString() },
            ReactionFact reaction => told with { By = reaction.User.Value, Message = reaction.Message.ToString(), Emoji = reaction.Emoji },
            VoteFact vote => told with { By = vote.User.Value, Says = vote.Useful ? "useful" : "useless" },
            CorrectionFact correction => told with
            {
                By = correction.By.Value,
                Says = Word.Of(correction.Correction),
                For = correction.For?.Value,
                Of = correction.Of?.ToString(),
                Tools = correction.Tags?.Tools,
                Labels = correction.Tags?.Labels,
            },
            SnapshotFact snapshot => told with { Reactions = [.. snapshot.Reactions.Select(r => new ShownReaction(r.Emoji, r.User.Value, r.FirstSeen.ToDateTimeOffset(), r.Present))] },
            _ => told,
        };
    }
}
