using Subot.Simulator.Model;

namespace Subot.Tests.Faults;

/// <summary>What people do in a channel.</summary>
public enum DeedKind
{
    Ask,
    Reply,
    Edit,
    Delete,
    React,
    Unreact,
}

/// <summary>Something one person did, with its time, so that it can be done again elsewhere.</summary>
/// <param name="At">When; the ts of what is written.</param>
/// <param name="Root">The thread it belongs to.</param>
/// <param name="Target">The message it changes; null for what is written.</param>
/// <param name="Words">A text or an emoji.</param>
/// <param name="AfterReply">
/// It takes the request away: done only once the bot has replied, lest the reply depends on who was faster.
/// </param>
public sealed record Deed(DeedKind Kind, string Channel, string User, string At, string Root, string? Target, string Words, bool AfterReply)
{
    /// <summary>Does it; false when it changes nothing.</summary>
    public bool DoIn(Workspace workspace)
    {
        switch (Kind)
        {
            case DeedKind.Ask:
                workspace.Post(User, Channel, Words, ts: At);
                return true;
            case DeedKind.Reply:
                workspace.Post(User, Channel, Words, Root, At);
                return true;
            case DeedKind.Edit:
                return workspace.Edit(User, Channel, Target!, Words, At);
            case DeedKind.Delete:
                return workspace.Delete(Channel, Target!, At);
            case DeedKind.React:
                return workspace.React(User, Channel, Target!, Words, At);
            default:
                return workspace.Unreact(User, Channel, Target!, Words, At);
        }
    }
}
