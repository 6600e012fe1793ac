using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Projection;

namespace Subot.Storage.Codecs;

/// <summary>The state of a thread as bytes: equal states give equal bytes. Instants are relative to the root.</summary>
internal static class StateCodec
{
    private const byte Format = 3;

    // Its roots read at first as they read later: states of it are read, and are projected anew.
    private const byte FormatBefore = 2;

    [Flags]
    private enum Has : ushort
    {
        None = 0,
        Root = 1,
        RootByTeam = 2,
        RootDeleted = 4,
        DismissedByHand = 8,
        Course = 16,
        Undone = 32,
        Found = 64,
        BotReplied = 128,
        Duplicate = 256,
        OtherAtFirst = 512,
    }

    [Flags]
    private enum CourseHas : ushort
    {
        None = 0,
        RequesterTurn = 1,
        TurnsUnknown = 2,
        TeamReply = 4,
        Acknowledged = 8,
        AcknowledgedUnknown = 16,
        NextFrom = 32,
        NextReply = 64,
        EverSolved = 128,
        FirstSolved = 256,
        Closed = 512,
        ReopenedWithinWeek = 1024,
        Responder = 2048,
        LastTeamAuthor = 4096,
        SolvedByRequester = 8192,
    }

    public static void Write(BlobWriter to, ProjectedThread state)
    {
        to.Byte(Format);
        var found = state.Tools.Count > 0 || state.Labels.Count > 0;
        var otherAtFirst = !state.ToolsAtFirst.Equals(state.Tools) || !state.LabelsAtFirst.Equals(state.Labels);
        to.Number((ulong)((state.RootAuthorKind is null ? Has.None : Has.Root)
            | (state.RootByTeam ? Has.RootByTeam : Has.None)
            | (state.RootDeleted ? Has.RootDeleted : Has.None)
            | (state.DismissedByHand ? Has.DismissedByHand : Has.None)
            | (state.Course is null ? Has.None : Has.Course)
            | (state.Undone is null ? Has.None : Has.Undone)
            | (found ? Has.Found : Has.None)
            | (state.BotReplied is null ? Has.None : Has.BotReplied)
            | (state.DuplicateOf is null ? Has.None : Has.Duplicate)
            | (otherAtFirst ? Has.OtherAtFirst : Has.None)));
        var root = state.Key.Root;
        to.Instant(state.LastTime, root);
        to.Instant(state.LastMessage, root);
        to.Signed(state.LastRead == Ts.Zero ? 0 : state.LastRead - root + 1);
        to.Byte((byte)(state.RootAuthorKind ?? default));
        to.Text(state.RootAuthor?.Value ?? "");
        to.Text(state.Requester is { } requester && requester == state.RootAuthor ? "=" : state.Requester?.Value ?? "");
        to.Text(state.TrackedFor?.Value ?? "");
        to.Number((ulong)state.Replies);
        to.Byte((byte)state.Feedback);
        WriteReactions(to, state.DismissedBy);
        WriteReactions(to, state.Holds);
        WriteOptional(to, state.BotReplied, root);
        WriteOptional(to, state.DuplicateOf, root);
        to.Number((ulong)state.Snoozes.Count);
        foreach (var snooze in state.Snoozes)
        {
            to.Instant(snooze.At, root);
            to.Text(snooze.By?.Emoji ?? "");
            to.Text(snooze.By?.User.Value ?? "");
        }

        if (found)
        {
            to.Texts(state.Tools);
            to.Texts(state.Labels);
        }

        if (otherAtFirst)
        {
            to.Texts(state.ToolsAtFirst);
            to.Texts(state.LabelsAtFirst);
        }

        if (state.Course is not null)
            WriteCourse(to, state.Course, root);
        if (state.Undone is not null)
            WriteCourse(to, state.Undone, root);
    }

    public static ProjectedThread Read(ReadOnlySpan<byte> bytes, ThreadKey key)
    {
        var from = new BlobReader(bytes);
        if (from.Byte() is not (Format or FormatBefore))
            throw BlobReader.Damaged();
        var has = (Has)from.Number();
        var state = new ProjectedThread(key)
        {
            LastTime = from.Instant(key.Root),
            LastMessage = from.Instant(key.Root),
            LastRead = from.Signed() is var read and not 0 ? new Ts(key.Root.Micros + read - 1) : Ts.Zero,
            RootByTeam = has.HasFlag(Has.RootByTeam),
            RootDeleted = has.HasFlag(Has.RootDeleted),
            DismissedByHand = has.HasFlag(Has.DismissedByHand),
        };
        var authorKind = (AuthorKind)from.Byte();
        state.RootAuthorKind = has.HasFlag(Has.Root) ? authorKind : null;
        state.RootAuthor = ReadUser(ref from);
        state.Requester = from.Text() switch { "" => null, "=" => state.RootAuthor, var id => new UserId(id) };
        state.TrackedFor = ReadUser(ref from);
        state.Replies = (int)from.Number();
        state.Feedback = (Feedback)from.Byte();
        ReadReactions(ref from, state.DismissedBy);
        ReadReactions(ref from, state.Holds);
        state.BotReplied = has.HasFlag(Has.BotReplied) ? from.Instant(key.Root) : null;
        state.DuplicateOf = has.HasFlag(Has.Duplicate) ? from.Instant(key.Root) : null;
        for (var count = from.Count(); count > 0; count--)
            state.Snoozes.Add(new Snooze(from.Instant(key.Root), from.Text() is { Length: > 0 } emoji ? new RootReaction(emoji, new UserId(from.Text())) : NoReaction(ref from)));
        if (has.HasFlag(Has.Found))
            (state.Tools, state.Labels) = ([.. from.Texts()], [.. from.Texts()]);
        (state.ToolsAtFirst, state.LabelsAtFirst) = has.HasFlag(Has.OtherAtFirst) ? ([.. from.Texts()], [.. from.Texts()]) : (state.Tools, state.Labels);
        state.Course = has.HasFlag(Has.Course) ? ReadCourse(ref from, key.Root) : null;
        state.Undone = has.HasFlag(Has.Undone) ? ReadCourse(ref from, key.Root) : null;
        return state;
    }

    private static void WriteCourse(BlobWriter to, Course course, Ts root)
    {
        to.Number((ulong)((course.HadRequesterTurn ? CourseHas.RequesterTurn : CourseHas.None)
            | (course.TurnsUnknown ? CourseHas.TurnsUnknown : CourseHas.None)
            | (course.FirstTeamReply is null ? CourseHas.None : CourseHas.TeamReply)
            | (course.AcknowledgedAt is null ? CourseHas.None : CourseHas.Acknowledged)
            | (course.AcknowledgedUnknown ? CourseHas.AcknowledgedUnknown : CourseHas.None)
            | (course.NextFrom is null ? CourseHas.None : CourseHas.NextFrom)
            | (course.NextReply is null ? CourseHas.None : CourseHas.NextReply)
            | (course.EverSolved ? CourseHas.EverSolved : CourseHas.None)
            | (course.FirstSolvedAt is null ? CourseHas.None : CourseHas.FirstSolved)
            | (course.ClosedAt is null ? CourseHas.None : CourseHas.Closed)
            | (course.ReopenedWithinWeek ? CourseHas.ReopenedWithinWeek : CourseHas.None)
            | (course.Responder is null ? CourseHas.None : CourseHas.Responder)
            | (course.LastTeamAuthor is null ? CourseHas.None : CourseHas.LastTeamAuthor)
            | (course.FirstSolvedByRequester ? CourseHas.SolvedByRequester : CourseHas.None)));
        to.Byte((byte)((byte)course.Phase | ((byte)course.Turn << 2)));
        to.Instant(course.TurnSince, root);
        to.Signed(course.OnTeam.Wall);
        to.Signed(course.OnTeam.Working);
        to.Signed(course.OnRequester.Wall);
        to.Signed(course.OnRequester.Working);
        to.Instant(course.SilenceSince, root);
        to.Instant(course.ResponseFrom, root);
        to.Number((ulong)course.Reopenings);
        WriteOptional(to, course.FirstTeamReply, root);
        WriteOptional(to, course.AcknowledgedAt, root);
        WriteOptional(to, course.NextFrom, root);
        WriteOptional(to, course.NextReply, root);
        WriteOptional(to, course.FirstSolvedAt, root);
        WriteOptional(to, course.ClosedAt, root);
        if (course.Responder is { } responder)
            to.Text(responder.Value);
        if (course.LastTeamAuthor is { } author)
            to.Text(author == course.Responder ? "=" : author.Value);
        to.Number((ulong)course.Open.Count);
        foreach (var interval in course.Open)
        {
            to.Byte((byte)((interval.End is null ? 0 : 1) | (interval.Estimated ? 2 : 0)));
            to.Instant(interval.Start, root);
            WriteOptional(to, interval.End, root);
        }
    }

    private static Course ReadCourse(ref BlobReader from, Ts root)
    {
        var has = (CourseHas)from.Number();
        var where = from.Byte();
        var course = new Course
        {
            Phase = (Phase)(where & 3),
            Turn = (Turn)(where >> 2),
            TurnSince = from.Instant(root),
            OnTeam = new Elapsed(from.Signed(), from.Signed()),
            OnRequester = new Elapsed(from.Signed(), from.Signed()),
            SilenceSince = from.Instant(root),
            ResponseFrom = from.Instant(root),
            Reopenings = (int)from.Number(),
            HadRequesterTurn = has.HasFlag(CourseHas.RequesterTurn),
            TurnsUnknown = has.HasFlag(CourseHas.TurnsUnknown),
            AcknowledgedUnknown = has.HasFlag(CourseHas.AcknowledgedUnknown),
            EverSolved = has.HasFlag(CourseHas.EverSolved),
            ReopenedWithinWeek = has.HasFlag(CourseHas.ReopenedWithinWeek),
            FirstSolvedByRequester = has.HasFlag(CourseHas.SolvedByRequester),
            FirstTeamReply = has.HasFlag(CourseHas.TeamReply) ? from.Instant(root) : null,
            AcknowledgedAt = has.HasFlag(CourseHas.Acknowledged) ? from.Instant(root) : null,
            NextFrom = has.HasFlag(CourseHas.NextFrom) ? from.Instant(root) : null,
            NextReply = has.HasFlag(CourseHas.NextReply) ? from.Instant(root) : null,
            FirstSolvedAt = has.HasFlag(CourseHas.FirstSolved) ? from.Instant(root) : null,
            ClosedAt = has.HasFlag(CourseHas.Closed) ? from.Instant(root) : null,
            Responder = has.HasFlag(CourseHas.Responder) ? new UserId(from.Text()) : null,
        };
        if (has.HasFlag(CourseHas.LastTeamAuthor))
            course.LastTeamAuthor = from.Text() is var author and not "=" ? new UserId(author) : course.Responder;
        for (var count = from.Number(); count > 0; count--)
        {
            var flags = from.Byte();
            var start = from.Instant(root);
            course.Open.Add(new OpenInterval(start, (flags & 1) != 0 ? from.Instant(root) : null, (flags & 2) != 0));
        }

        return course;
    }

    private static void WriteOptional(BlobWriter to, Ts? instant, Ts root)
    {
        if (instant is { } known)
            to.Instant(known, root);
    }

    private static void WriteReactions(BlobWriter to, SortedSet<RootReaction> reactions)
    {
        to.Number((ulong)reactions.Count);
        foreach (var reaction in reactions)
        {
            to.Text(reaction.Emoji);
            to.Text(reaction.User.Value);
        }
    }

    private static void ReadReactions(ref BlobReader from, SortedSet<RootReaction> into)
    {
        for (var count = from.Number(); count > 0; count--)
            into.Add(new RootReaction(from.Text(), new UserId(from.Text())));
    }

    /// <summary>Skips the person whom an emoji that is not there would have.</summary>
    private static RootReaction? NoReaction(ref BlobReader from)
    {
        from.Text();
        return null;
    }

    private static UserId? ReadUser(ref BlobReader from) => from.Text() is { Length: > 0 } id ? new UserId(id) : null;
}
