namespace Subot.Api.Threads;

/// <summary>The orders in which requests are listed.</summary>
internal enum ListOrder
{
    /// <summary>By the time of the first message, the newest first.</summary>
    Newest,

    /// <summary>The same, the other way round.</summary>
    Oldest,

    /// <summary>Open requests, the longest silent first.</summary>
    Silent,

    /// <summary>Those of them whose turn is the team's.</summary>
    Waiting,
}
