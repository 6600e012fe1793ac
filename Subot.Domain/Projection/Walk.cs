using Subot.Domain.Actions;
using Subot.Domain.Facts;
using Subot.Domain.Settings;

namespace Subot.Domain.Projection;

/// <summary>
/// One step of the way through a thread's facts. While a solving could still be undone, the course without it walks along, so that
/// undoing is taking that course.
/// </summary>
internal readonly struct Walk(ProjectedThread state, SettingsHistory history, bool tellsTurns = false)
{
    private readonly SettingsVersion _version = history.At(state.Key.Root);

    public ProjectedThread State { get; } = state;

    private TeamSettings Settings => _version.Settings;

    private WorkingClock Clock { get; } = history.ClockOf(history.At(state.Key.Root), state.Key.Channel);

    public void Take(Fact fact)
    {
        PassTime(fact.Time);
        switch (fact)
        {
            case ReactionFact reaction when reaction.Message == State.Key.Root:
                if (!reaction.Added)
                    ReactionEnded(new RootReaction(reaction.Emoji, reaction.User));
                else if (!reaction.BySelf)
                    ReactionBegan(new RootReaction(reaction.Emoji, reaction.User), reaction.Time, known: true, allowed: false);
                break;
            case VoteFact vote when vote.User == State.Requester:
                State.Feedback = vote.Useful ? Feedback.Useful : Feedback.Useless;
                if (vote.Useful)
                    SolveForGood(vote.Time, byRequester: true);
                break;
            case CorrectionFact correction:
                Correct(correction);
                break;
        }
    }

    /// <param name="verdicts">Those of the message as it reads now.</param>
    public void Message(MessageFact message, Verdicts verdicts, bool deleted)
    {
        PassTime(message.Time);
        if (message.Time == State.Key.Root)
        {
            Root(message, verdicts, deleted);
            return;
        }

        if (message.Action == ActionKind.Reply)
            State.BotReplied ??= message.Time;
        if (!deleted)
        {
            State.Replies++;
            State.LastMessage = message.Time;
        }

        switch (VoiceOf(message, verdicts))
        {
            // What the requester took back was not said. What the team took back was read: it happened.
            case Turn.Requester when !deleted:
                State.Course!.RequesterWrote(message.Time, Clock);
                Settle();
                break;
            case Turn.Team:
                State.Course!.TeamWrote(message.Time, message.Author!.Value, Clock);
                State.Undone?.TeamWrote(message.Time, message.Author!.Value, Clock);
                break;
        }
    }

    /// <summary>Whether a message of the thread would have moved nothing else with other verdicts.</summary>
    public bool MeansTheSame(MessageFact message, Verdicts other) => message.Time == State.Key.Root
        ? AskerOf(message, message.Verdicts) == AskerOf(message, other) && message.Verdicts.Findings == other.Findings
        : VoiceOf(message, message.Verdicts) == VoiceOf(message, other);

    /// <summary>
    /// Whether deleting a message of the thread leaves what came after it as it is. Not so the requester's word, the last message, or one
    /// before a read: the read may have told of a solving at an unknown time, which the last message before it stands for.
    /// </summary>
    public bool CanForget(MessageFact message) => message.Time == State.Key.Root
        || (VoiceOf(message, message.Verdicts) != Turn.Requester && message.Time < State.LastMessage && message.Time > State.LastRead);

    /// <summary>A message that counted so far is deleted.</summary>
    public void Forget(MessageFact message)
    {
        if (message.Time == State.Key.Root)
            State.RootDeleted = true;
        else
            State.Replies--;
    }

    /// <summary>An emoji stands on the root from now on.</summary>
    /// <param name="at">When; the time of the read that first showed it if the moment is not <paramref name="known"/>.</param>
    /// <param name="allowed">It may solve whoever put it.</param>
    public void ReactionBegan(RootReaction reaction, Ts at, bool known, bool allowed)
    {
        var byTeam = history.InTeam(reaction.User, at);
        if (byTeam && Settings.NotARequestEmoji.Contains(reaction.Emoji))
            State.DismissedBy.Add(reaction);
        if (byTeam && reaction.Emoji == Settings.Reminders.SnoozeEmoji)
            PutOff(new Snooze(at, reaction));
        if (State.Course is not { } course)
            return;

        if (byTeam && Settings.AcknowledgingEmoji.Contains(reaction.Emoji))
        {
            course.Acknowledged(known ? at : null);
            State.Undone?.Acknowledged(known ? at : null);
        }

        if (!(allowed || byTeam || reaction.User == State.Requester) || !Settings.SolvedEmoji.Contains(reaction.Emoji))
            return;

        if (course.Phase != Phase.Solved)
        {
            State.Undone = course.Copy();
            course.Solve(known ? at : null, reaction.User == State.Requester, State.LastMessage, Clock);
        }

        State.Holds.Add(reaction);
    }

    /// <summary>An emoji no longer stands on the root.</summary>
    public void ReactionEnded(RootReaction reaction)
    {
        State.DismissedBy.Remove(reaction);
        State.Snoozes.RemoveAll(s => s.By == reaction);
        if (!State.Holds.Remove(reaction) || State.Holds.Count > 0 || State.Undone is not { } undone)
            return;
        State.Course = undone;
        State.Undone = null;
    }

    public void PassTime(Ts now)
    {
        State.Course?.PassTime(now, Settings, Clock);
        State.Undone?.PassTime(now, Settings, Clock);
    }

    private void Root(MessageFact root, Verdicts verdicts, bool deleted)
    {
        State.RootAuthor = root.Author;
        State.RootAuthorKind = root.AuthorKind;
        State.RootByTeam = root.Author is { } author && history.InTeam(author, root.Time);
        State.RootDeleted = deleted;
        State.LastMessage = root.Time;
        (State.Tools, State.Labels) = (verdicts.Findings.Tools, verdicts.Findings.Labels);
        (State.ToolsAtFirst, State.LabelsAtFirst) = (root.Verdicts.Findings.Tools, root.Verdicts.Findings.Labels);
        var (isRequest, requester) = root.AuthorKind switch
        {
            _ when State.TrackedFor is not null => (true, State.TrackedFor),
            AuthorKind.Person => (!State.RootByTeam, root.Author),
            AuthorKind.Workflow => (true, AskerOf(root, verdicts)),
            _ => (false, null),
        };
        if (!isRequest)
            return;
        State.Requester = requester;
        State.Course = Course.From(root.Time, tellsTurns);
    }

    /// <summary>Whose word a reply is; nobody's if it moves nothing.</summary>
    private Turn VoiceOf(MessageFact reply, Verdicts verdicts)
    {
        if (State.Course is null || reply.AuthorKind != AuthorKind.Person || reply.Author is not { } author || verdicts.Courtesy)
            return Turn.Nobody;
        return author == State.Requester ? Turn.Requester : history.InTeam(author, reply.Time) ? Turn.Team : Turn.Nobody;
    }

    /// <summary>For whom a workflow asks, if the root is one's.</summary>
    private static UserId? AskerOf(MessageFact root, Verdicts verdicts) =>
        root.AuthorKind == AuthorKind.Workflow && verdicts.Mentions.Count > 0 ? verdicts.Mentions[0] : null;

    private void Correct(CorrectionFact correction)
    {
        switch (correction.Correction)
        {
            case CorrectionKind.Solve:
                SolveForGood(correction.Time, correction.By == State.Requester);
                break;
            case CorrectionKind.Reopen when State.Course is { Phase: not Phase.Open } course:
                course.OpenAgain(correction.Time);
                Settle();
                break;
            case CorrectionKind.Dismiss:
                State.DismissedByHand = true;
                break;
            case CorrectionKind.Restore:
                State.DismissedByHand = false;
                State.DuplicateOf = null;
                State.DismissedBy.Clear();
                break;
            // An edit, also a later one, is known by the time the root is walked; this comes after it.
            case CorrectionKind.Retag when correction.Tags is { } tags:
                (State.Tools, State.Labels) = (tags.Tools, tags.Labels);
                break;
            case CorrectionKind.Snooze:
                PutOff(new Snooze(correction.Time, null));
                break;
            case CorrectionKind.Duplicate:
                State.DismissedByHand = true;
                State.DuplicateOf = correction.Of;
                break;
            case CorrectionKind.AnsweredOutside when correction.For is { } author && author != State.Requester && history.InTeam(author, correction.Time):
                State.Course?.TeamWrote(correction.Time, author, Clock);
                State.Undone?.TeamWrote(correction.Time, author, Clock);
                break;
        }
    }

    /// <summary>Only the present silence can be put off: what was before it is forgotten.</summary>
    private void PutOff(Snooze snooze)
    {
        if (State.Course is not { } course)
            return;
        State.Snoozes.RemoveAll(s => s.At < course.SilenceSince);
        State.Snoozes.Add(snooze);
    }

    /// <summary>Solves in a way that taking emoji away does not undo.</summary>
    private void SolveForGood(Ts at, bool byRequester)
    {
        if (State.Course is not { } course)
            return;
        if (course.Phase != Phase.Solved)
            course.Solve(at, byRequester, State.LastMessage, Clock);
        State.Undone = null;
    }

    /// <summary>The solving before this is history: nothing undoes it, and its emoji hold nothing any more.</summary>
    private void Settle()
    {
        State.Undone = null;
        State.Holds.Clear();
    }
}
