using Subot.Bot.Words;
using Subot.Domain.Facts;
using Subot.Domain.Projection;

namespace Subot.Bot.Interactions.Shortcuts;

/// <summary>Says that a request is solved.</summary>
internal static class SolveShortcut
{
    public const string Id = "solve";

    public static Decision Decide(ProjectedThread thread) => thread switch
    {
        { Kind: RootKind.Request, Course.Phase: Phase.Solved } => Decision.Nothing(TextId.AlreadySolved),
        { Kind: RootKind.Request } => new Decision(CorrectionKind.Solve, TextId.DoneSolve),
        _ => Decision.NoRequest(thread),
    };
}
