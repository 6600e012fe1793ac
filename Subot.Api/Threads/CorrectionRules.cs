using Subot.Api.Answers;
using Subot.Api.Contracts;
using Subot.Api.Contracts.Threads;
using Subot.Api.Settings;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Projection;
using Subot.Domain.Settings;
using Subot.Domain.Values;

namespace Subot.Api.Threads;

/// <summary>What may be said of which thread: what would change nothing, or makes no sense, is refused.</summary>
internal static class CorrectionRules
{
    /// <summary>The fact that a correction becomes, without its time.</summary>
    /// <param name="other">The thread at <see cref="Correction.Of"/>.</param>
    /// <exception cref="RefusedException">It cannot be said of this thread.</exception>
    public static CorrectionFact FactOf(Correction said, ProjectedThread thread, ProjectedThread? other, TeamSettings settings, UserId by)
    {
        List<string> problems = [];
        if (!Correction.Sayable.Contains(said.Says))
            problems.Add($"says: '{Word.Of(said.Says)}' cannot be said here; there are: {string.Join(", ", Correction.SayableWords)}.");
        if (said.Says == CorrectionKind.Duplicate != said.Of is not null)
            problems.Add("of: say with 'duplicate', and with nothing else, of which request it is one.");
        if (said.Says == CorrectionKind.Retag != (said.Tools is not null || said.Labels is not null))
            problems.Add("tools, labels: say with 'retag', and with nothing else, what it is about.");
        var tools = Ids("tools", said.Tools, settings.Tools, thread.Tools, problems);
        var labels = Ids("labels", said.Labels, settings.Labels, thread.Labels, problems);
        if (problems.Count > 0)
            throw RefusedException.Bad(problems);
        if ((said.Says == CorrectionKind.Duplicate ? NoDuplicate(thread, other!) : Objection(said.Says, thread)) is { } objection)
            throw new RefusedException(StatusCodes.Status409Conflict, objection);
        return new CorrectionFact(default, said.Says, by, Of: other?.Key.Root) { Tags = said.Says == CorrectionKind.Retag ? new Findings(tools, labels, TimedOut: false) : null };
    }

    /// <summary>Why something cannot be said of a thread; null if it can.</summary>
    private static string? Objection(CorrectionKind says, ProjectedThread thread) => (says, thread.Kind) switch
    {
        (CorrectionKind.Restore, RootKind.Dismissed) => null,
        (CorrectionKind.Restore, _) => "Nobody said that it is no request.",
        (_, not RootKind.Request) => "It is no request.",
        (CorrectionKind.Solve, _) when thread.Status == ThreadStatus.Fixed => "It is solved already.",
        (CorrectionKind.Reopen, _) when thread.SilentSince is not null => "It is open already.",
        (CorrectionKind.Snooze, _) when thread.SilentSince is null => "It is not open: nobody is reminded of it.",
        _ => null,
    };

    private static string? NoDuplicate(ProjectedThread thread, ProjectedThread other) => (thread, other) switch
    {
        _ when other.Key == thread.Key => "A request is no duplicate of itself.",
        ({ Kind: not RootKind.Request } and not { Kind: RootKind.Dismissed, DuplicateOf: not null }, _) => "It is no request.",
        ({ DuplicateOf: { } same }, _) when same == other.Key.Root => "It is told to be a duplicate of that one already.",
        (_, { DuplicateOf: { } of }) when of == thread.Key.Root => "The other one is a duplicate of this already.",
        (_, { Kind: not RootKind.Request }) => "The other one is no request.",
        _ => null,
    };

    private static ValueList<string> Ids(
        string name, IReadOnlyList<string>? said, ValueList<Tag> tags, ValueList<string> present, List<string> problems)
    {
        if (said is null)
            return present;
        var ids = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var value in said)
        {
            if (TagNames.Find(tags, value) is { } tag)
                ids.Add(tag.Id);
            else
                problems.Add($"{name}: there is no {Quoted.Of(value)}; {Choices.Of(tags.Where(t => !t.Archived).Select(t => t.Name))}");
        }

        return [.. ids];
    }
}
