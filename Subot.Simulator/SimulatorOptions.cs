using Subot.Simulator.Model;
using Subot.Simulator.SocketMode;
using Subot.Simulator.WebApi;

namespace Subot.Simulator;

/// <summary>How a simulated workspace starts; every setting has a default that works.</summary>
public sealed record SimulatorOptions
{
    /// <summary>The TCP port on the loopback interface; 0 for any free one.</summary>
    public int Port { get; init; }

    /// <summary>The people, channels and messages to start with; a small company when null.</summary>
    public Workspace? Workspace { get; init; }

    public string BotToken { get; init; } = "xoxb-simulator-bot";

    public string AppToken { get; init; } = "xapp-1-A0SIMAPP01-1-simulator";

    /// <summary>What the bot token may do.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = Tokens.AllScopes;

    public SocketModeOptions SocketMode { get; init; } = new();

    public ApiOptions Api { get; init; } = new();

    /// <summary>The seed of all injected faults.</summary>
    public int FaultSeed { get; init; } = 1;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What is written to the console.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.None;
}
