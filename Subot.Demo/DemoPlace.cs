using Subot.Simulator.Model;

namespace Subot.Demo;

/// <summary>Where the bot is to work: a workspace, the channels it watches there, and the people who are its team.</summary>
/// <param name="Channels">Ids of the watched channels.</param>
/// <param name="Team">User ids of the team; empty where nobody knows it.</param>
internal sealed record DemoPlace(Workspace Workspace, IReadOnlyList<string> Channels, IReadOnlyList<string> Team)
{
    /// <summary>The app as people see it, with the shortcuts of its manifest.</summary>
    public static AppIdentity App { get; } = new()
    {
        Name = "Subot",
        EscapesCommands = true,
        Shortcuts =
        [
            new("Solved", "solve"), new("Open again", "reopen"), new("Not a request", "dismiss"), new("Track as request", "track"),
            new("Same request as", "same_as"), new("Answer to", "answer_to"),
        ],
    };
}
