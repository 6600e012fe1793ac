using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Projection;
using Subot.Domain.Settings;

namespace Subot.Bot.Importing.Legacy;

/// <summary>What a document says of its thread and no event of it does: an admin said so. These become corrections.</summary>
internal sealed class LegacyCorrections(SettingsHistory settings, LegacyReport report)
{
    private static readonly UserId s_author = new(LegacyImport.Author);

    public IEnumerable<CorrectionFact> Of(LegacyThread thread, IReadOnlyList<Fact> facts)
    {
        if (OfKind(thread, ThreadProjection.Fold(thread.Key, facts, settings)) is { } kind)
        {
            yield return kind;
            facts = [.. facts, kind];
        }

        if (OfStatus(thread, facts, ThreadProjection.Fold(thread.Key, facts, settings)) is { } status)
        {
            yield return status;
            facts = [.. facts, status];
        }

        Compare(thread, ThreadProjection.Fold(thread.Key, facts, settings));
    }

    private CorrectionFact? OfKind(LegacyThread thread, ProjectedThread state)
    {
        switch (thread.Message.Type)
        {
            case "user" when state.Kind == RootKind.Team && state.RootAuthor is { } author:
                report.Noted("requests of people who were in the team before or after: they stay requests", thread.Key.Root.ToString());
                return new CorrectionFact(thread.Key.Root, CorrectionKind.Track, s_author, author);
            case "team" when state.Kind == RootKind.Request:
                report.Noted("messages that were marked as the team's: they are no requests", thread.Key.Root.ToString());
                return new CorrectionFact(thread.Key.Root, CorrectionKind.Dismiss, s_author);
            default:
                return null;
        }
    }

    private CorrectionFact? OfStatus(LegacyThread thread, IReadOnlyList<Fact> facts, ProjectedThread state)
    {
        if (state is not { Kind: RootKind.Request, Course: { } course })
            return null;
        var root = thread.Key.Root;
        // After all else that is told of the thread.
        var end = new Ts(facts.Max(f => f.Time).Micros + 1);
        if (thread.IsFixed && course.Phase != Phase.Solved)
        {
            if (thread.Copies.Any(c => c.Reactions.Any(r => r.Name.StartsWith("heavy_check_mark", StringComparison.Ordinal)) || c.Feedback == "feedback_useful"))
            {
                report.Noted("requests that were called fixed and are not: the mark was taken off or put there by somebody else, or the requester wrote again", root.ToString());
                return null;
            }

            report.Noted("requests that an admin called fixed: when is not known, the last that happened there stands for it", root.ToString());
            return new CorrectionFact(thread.ResolutionMinutes > 0 ? root.AddSeconds(60 * thread.ResolutionMinutes) : end, CorrectionKind.Solve, s_author);
        }

        if (!thread.IsFixed && course.Phase == Phase.Solved)
        {
            report.Noted("requests that an admin opened again: when is not known, the last that happened there stands for it", root.ToString());
            return new CorrectionFact(end, CorrectionKind.Reopen, s_author);
        }

        return null;
    }

    private void Compare(LegacyThread thread, ProjectedThread state)
    {
        if (state is not { Kind: RootKind.Request, Course: { } course })
            return;
        var minutes = course.FirstTeamReply is { } reply ? (reply - course.ResponseFrom) / (60 * Ts.Second) : (long?)null;
        if (minutes is null && (thread.IsResponded || thread.ResponseMinutes > 0))
            report.Noted("requests that were called responded, by nobody who is known to be of the team", thread.Key.Root.ToString());
        else if (minutes is { } now && now != thread.ResponseMinutes)
            report.Noted("requests with another response time (minutes then and now)", $"{thread.Key.Root} ({thread.ResponseMinutes} and {now})");
    }
}
