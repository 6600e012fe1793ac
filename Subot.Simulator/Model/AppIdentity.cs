namespace Subot.Simulator.Model;

/// <summary>The workspace's own name and the one app that is installed in it.</summary>
public sealed record AppIdentity
{
    public string TeamId { get; init; } = "T0SIM00001";
    public string TeamName { get; init; } = "Acme";
    public string Domain { get; init; } = "acme";
    public string AppId { get; init; } = "A0SIMAPP01";
    public string BotUserId { get; init; } = "U0SIMBOT01";
    public string BotId { get; init; } = "B0SIMBOT01";

    /// <summary>The name people see beside the app's messages.</summary>
    public string Name { get; init; } = "assistant";

    /// <summary>Whether names in slash commands come as mentions, as the manifest's <c>should_escape</c> says.</summary>
    public bool EscapesCommands { get; init; }

    /// <summary>What people find in the menu of each message, or beside the composer, as the app's manifest declares it.</summary>
    public IReadOnlyList<Shortcut> Shortcuts { get; init; } = [];
}

/// <summary>A shortcut of the app: on a message, or without one when it is global.</summary>
public sealed record Shortcut(string Name, string CallbackId, bool IsGlobal = false);

/// <summary>One event for the app: the body of an Events API call, which Socket Mode wraps in an envelope.</summary>
public sealed record AppEvent(string EventId, ReadOnlyMemory<byte> Body);
