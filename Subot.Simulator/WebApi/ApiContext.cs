using System.Text.Json.Nodes;
using Subot.Simulator.Interactions;
using Subot.Simulator.Model;
using Subot.Simulator.SocketMode;

namespace Subot.Simulator.WebApi;

/// <summary>What the methods work with.</summary>
internal sealed record ApiContext(
    Workspace Workspace, Tokens Tokens, Tickets Tickets, Triggers Triggers, Views Views, Uploads Uploads, BlockRules Rules, Ephemerals Ephemerals,
    Deadlines<Action> Later, ApiOptions Options)
{
    /// <summary>Where the simulator itself is reached; known once it listens.</summary>
    public Uri Url { get; set; } = new("http://127.0.0.1/");
}

/// <summary>Settings of the Web API.</summary>
public sealed record ApiOptions
{
    /// <summary>True to limit calls per method, and posts per channel, as Slack does.</summary>
    public bool RateLimits { get; init; }

    /// <summary>True for the regime of 2025: one call a minute and 15 messages a page in history and replies.</summary>
    public bool SmallPages { get; init; }

    /// <summary>True when the workspace has a paid plan, which user groups need.</summary>
    public bool HasUserGroups { get; init; } = true;
}

/// <summary>Where a method acts.</summary>
internal enum Place
{
    /// <summary>On no conversation.</summary>
    None,

    /// <summary>On a conversation the app can see.</summary>
    Visible,

    /// <summary>On a conversation the app is a member of.</summary>
    Member,

    /// <summary>In a conversation the app is a member of and that is not archived.</summary>
    Open,
}

/// <summary>
/// A row of the method table: its name, how many calls a minute Slack allows, the scopes of which the token needs one,
/// the arguments without which it does nothing, where it acts, and its code.
/// </summary>
internal sealed record ApiMethod(
    string Name, int PerMinute, string[] Scopes, string[] Required, Place Place, Func<ApiCall, JsonObject> Run)
{
    /// <summary>True for the methods an app-level token may call.</summary>
    public bool TakesAppToken { get; init; }
}
