using Subot.Domain.Values;

namespace Subot.Domain.Settings;

/// <summary>What becomes of an answer that fits.</summary>
public enum AnswerState : byte
{
    /// <summary>It is posted.</summary>
    Active = 0,

    /// <summary>It is counted, and not posted: a lead sees what it would have done.</summary>
    Silent = 1,

    /// <summary>It is not looked at.</summary>
    Off = 2,
}

/// <summary>
/// An automatic answer. With a tool and a label it needs both; with one of them, it is used when nothing of the other kind was found; with
/// neither, when nothing was found at all.
/// </summary>
/// <param name="Id">Never changes and is never used again.</param>
/// <param name="Tool">The id of its tool.</param>
/// <param name="Label">The id of its label.</param>
/// <param name="Text">Slack's mrkdwn.</param>
public sealed record Answer(string Id, string? Tool, string? Label, string Text)
{
    /// <summary>Whether the requester is asked if it was useful.</summary>
    public bool Feedback { get; init; }

    /// <summary>What becomes of it when it fits.</summary>
    public AnswerState State { get; init; }

    /// <summary>Messages that it has to answer: settings under which it does not are refused.</summary>
    public ValueList<string> MustMatch { get; init; } = [];

    /// <summary>Messages that it may not answer.</summary>
    public ValueList<string> MustNotMatch { get; init; } = [];

    /// <summary>Deleted: it answers no more, and is kept for its statistics.</summary>
    public bool Archived { get; init; }

    /// <summary>Whether it answers a request with these tools and labels.</summary>
    public bool Fits(ValueList<string> tools, ValueList<string> labels) => State != AnswerState.Off && !Archived
        && (Tool is null ? tools.Count == 0 : tools.Contains(Tool))
        && (Label is null ? labels.Count == 0 : labels.Contains(Label));
}
