using Subot.Bot.Words;
using Subot.Domain.Facts;
using Subot.Domain.Projection;

namespace Subot.Bot.Interactions.Shortcuts;

/// <summary>Says that a message is not a request; said again, that it is one after all.</summary>
internal static class DismissShortcut
{
    public const string Id = "dismiss";

    public static Decision Decide(ProjectedThread thread) => thread.Kind switch
    {
        RootKind.Request => new Decision(CorrectionKind.Dismiss, TextId.DoneDismiss),
        RootKind.Dismissed => new Decision(CorrectionKind.Restore, TextId.DoneRestore),
        _ => Decision.NoRequest(thread),
    };
}
