using Subot.Bot.Words;
using Subot.Domain.Facts;
using Subot.Domain.Projection;

namespace Subot.Bot.Interactions.Shortcuts;

/// <summary>Says that a request is open again, be it solved or expired.</summary>
internal static class ReopenShortcut
{
    public const string Id = "reopen";

    public static Decision Decide(ProjectedThread thread) => thread switch
    {
        { Kind: RootKind.Request, Course.Phase: Phase.Open } => Decision.Nothing(TextId.AlreadyOpen),
        { Kind: RootKind.Request } => new Decision(CorrectionKind.Reopen, TextId.DoneReopen),
        _ => Decision.NoRequest(thread),
    };
}
