using Subot.Bot.Words;
using Subot.Domain.Facts;
using Subot.Domain.Projection;

namespace Subot.Bot.Interactions.Shortcuts;

/// <summary>What a person's wish does to a thread, and the words that tell it.</summary>
/// <param name="Correction">The correction; null: nothing changes, and the words say why.</param>
internal readonly record struct Decision(CorrectionKind? Correction, TextId Says)
{
    /// <summary>Nothing changes.</summary>
    public static Decision Nothing(TextId why) => new(null, why);

    /// <summary>Nothing changes, for the thread is no request that stands.</summary>
    public static Decision NoRequest(ProjectedThread thread) => Nothing(thread.Kind switch
    {
        RootKind.Missing => TextId.ShortcutNoRecord,
        RootKind.Deleted => TextId.IsDeleted,
        RootKind.Dismissed => TextId.IsDismissed,
        _ => TextId.IsNoRequest,
    });
}
