using System.Text.RegularExpressions;
using Subot.Domain.Values;

namespace Subot.Domain.Facts;

/// <summary>People under other ids: facts and texts as they would be, had these people always had them.</summary>
/// <param name="newId">The id that somebody has from now on; mostly the same.</param>
public sealed partial class Renaming(Func<UserId, UserId> newId)
{
    /// <summary>A fact about people under their new ids; equal to the fact if none of them is renamed.</summary>
    public Fact Of(Fact fact) => fact switch
    {
        MessageFact message => message with { Author = Of(message.Author), Verdicts = Of(message.Verdicts) },
        EditFact edit => edit with { Verdicts = Of(edit.Verdicts) },
        ReactionFact reaction => reaction with { User = newId(reaction.User) },
        VoteFact vote => vote with { User = newId(vote.User) },
        CorrectionFact correction => correction with { By = newId(correction.By), For = Of(correction.For) },
        // Merged with itself: two who are one now may both have put an emoji.
        SnapshotFact snapshot => SnapshotFact.Merge(snapshot with { Reactions = [.. snapshot.Reactions.Select(r => r with { User = newId(r.User) })] }, snapshot with { Reactions = [] }),
        _ => fact,
    };

    /// <summary>A text with new ids in place of old ones, wherever they stand by themselves. The name beside a mention goes.</summary>
    public string Of(string text) => Ids().Replace(text, found =>
    {
        var id = new UserId(found.Groups["id"].Value);
        if (newId(id) is var renamed && renamed == id)
            return found.Value;
        return found.Value[0] == '<' ? $"<@{renamed}>" : renamed.Value;
    });

    private UserId? Of(UserId? user) => user is { } known ? newId(known) : null;

    private Verdicts Of(Verdicts verdicts) =>
        verdicts.Mentions.Count == 0 ? verdicts : verdicts with { Mentions = (ValueList<UserId>)[.. verdicts.Mentions.Select(newId)] };

    [GeneratedRegex("""<@(?<id>[UW][A-Z0-9]+)(\|[^<>]*)?>|\b(?<id>[UW][A-Z0-9]+)\b""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Ids();
}
