using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Domain.Facts;

namespace Subot.Storage.Codecs;

/// <summary>Facts as bytes. Time and kind are stored beside the body; instants in it are relative to the fact's time.</summary>
internal static class FactCodec
{
    private const byte HasAction = 128;
    private const byte IsCourtesy = 1;
    private const byte HasFindings = 2;
    private const byte HasTimedOut = 4;

    public static void Write(BlobWriter to, Fact fact)
    {
        switch (fact)
        {
            case MessageFact message:
                to.Byte((byte)((byte)message.AuthorKind | (message.Action is null ? 0 : HasAction)));
                if (message.Action is { } action)
                    to.Byte((byte)action);
                to.Text(message.Author?.Value ?? "");
                WriteVerdicts(to, message.Verdicts);
                break;
            case EditFact edit:
                to.Instant(edit.Message, edit.Time);
                WriteVerdicts(to, edit.Verdicts);
                break;
            case DeletionFact deletion:
                to.Instant(deletion.Message, deletion.Time);
                break;
            case ReactionFact reaction:
                to.Instant(reaction.Message, reaction.Time);
                to.Text(reaction.Emoji);
                to.Text(reaction.User.Value);
                to.Byte(reaction.BySelf ? (byte)1 : (byte)0);
                break;
            case VoteFact vote:
                to.Text(vote.User.Value);
                to.Byte(vote.Useful ? (byte)1 : (byte)0);
                break;
            case CorrectionFact correction:
                to.Byte((byte)correction.Correction);
                to.Text(correction.By.Value);
                to.Text(correction.For?.Value ?? "");
                to.Byte(correction.Of is null ? (byte)0 : (byte)1);
                if (correction.Of is { } of)
                    to.Instant(of, correction.Time);
                // Only these have tags; the others end here, as they always did.
                if (correction.Correction == CorrectionKind.Retag)
                {
                    to.Texts(correction.Tags?.Tools ?? []);
                    to.Texts(correction.Tags?.Labels ?? []);
                }

                break;
            case ExpiryFact expiry:
                to.Instant(expiry.SilenceSince, expiry.Time);
                break;
            case SnapshotFact snapshot:
                WriteSnapshot(to, snapshot);
                break;
            default:
                throw new ArgumentException($"There is no form for a {fact.GetType().Name}", nameof(fact));
        }
    }

    public static Fact Read(ReadOnlySpan<byte> body, Ts time, FactKind kind)
    {
        var from = new BlobReader(body);
        switch (kind)
        {
            case FactKind.Message:
                var author = from.Byte();
                var action = (author & HasAction) != 0 ? (ActionKind)from.Byte() : (ActionKind?)null;
                return new MessageFact(time, ReadUser(ref from), (AuthorKind)(author & ~HasAction), ReadVerdicts(ref from)) { Action = action };
            case FactKind.Edit:
                return new EditFact(time, from.Instant(time), ReadVerdicts(ref from));
            case FactKind.Deletion:
                return new DeletionFact(time, from.Instant(time));
            case FactKind.ReactionAdded or FactKind.ReactionRemoved:
                return new ReactionFact(time, kind == FactKind.ReactionAdded, from.Instant(time), from.Text(), new UserId(from.Text()), from.Byte() == 1);
            case FactKind.Vote:
                return new VoteFact(time, new UserId(from.Text()), from.Byte() == 1);
            case FactKind.Correction:
                var correction = (CorrectionKind)from.Byte();
                var fact = new CorrectionFact(time, correction, new UserId(from.Text()), ReadUser(ref from), from.Byte() == 1 ? from.Instant(time) : null);
                return correction != CorrectionKind.Retag ? fact : fact with { Tags = new Findings([.. from.Texts()], [.. from.Texts()], TimedOut: false) };
            case FactKind.Expiry:
                return new ExpiryFact(time, from.Instant(time));
            case FactKind.Snapshot:
                return ReadSnapshot(ref from, time);
            default:
                throw BlobReader.Damaged();
        }
    }

    private static void WriteVerdicts(BlobWriter to, Verdicts verdicts)
    {
        var found = verdicts.Findings != Findings.None;
        to.Byte((byte)((verdicts.Courtesy ? IsCourtesy : 0) | (found ? HasFindings : 0) | (verdicts.Findings.TimedOut ? HasTimedOut : 0)));
        to.Number((ulong)verdicts.Length);
        to.Number((ulong)verdicts.Mentions.Count);
        foreach (var user in verdicts.Mentions)
            to.Text(user.Value);
        if (!found)
            return;
        to.Texts(verdicts.Findings.Tools);
        to.Texts(verdicts.Findings.Labels);
    }

    private static Verdicts ReadVerdicts(ref BlobReader from)
    {
        var flags = from.Byte();
        var length = (int)from.Number();
        var mentions = new UserId[from.Count()];
        for (var i = 0; i < mentions.Length; i++)
            mentions[i] = new UserId(from.Text());
        var verdicts = new Verdicts((flags & IsCourtesy) != 0, length, [.. mentions]);
        return (flags & HasFindings) == 0
            ? verdicts
            : verdicts with { Findings = new Findings([.. from.Texts()], [.. from.Texts()], (flags & HasTimedOut) != 0) };
    }

    private static void WriteSnapshot(BlobWriter to, SnapshotFact snapshot)
    {
        to.Number((ulong)snapshot.Reactions.Count);
        foreach (var reaction in snapshot.Reactions)
        {
            to.Text(reaction.Emoji);
            to.Text(reaction.User.Value);
            to.Byte((byte)((reaction.BySelf ? 1 : 0) | (reaction.Present ? 2 : 0)));
            to.Instant(reaction.FirstSeen, snapshot.Time);
        }

        to.Number((ulong)snapshot.Truncated.Count);
        foreach (var emoji in snapshot.Truncated)
            to.Text(emoji);
    }

    private static SnapshotFact ReadSnapshot(ref BlobReader from, Ts time)
    {
        var reactions = new SeenReaction[from.Count()];
        for (var i = 0; i < reactions.Length; i++)
        {
            var (emoji, user, flags) = (from.Text(), new UserId(from.Text()), from.Byte());
            reactions[i] = new SeenReaction(emoji, user, (flags & 1) != 0, from.Instant(time), (flags & 2) != 0);
        }

        var truncated = new string[from.Count()];
        for (var i = 0; i < truncated.Length; i++)
            truncated[i] = from.Text();
        return new SnapshotFact(time, reactions, truncated);
    }

    private static UserId? ReadUser(ref BlobReader from) => from.Text() is { Length: > 0 } id ? new UserId(id) : null;
}
