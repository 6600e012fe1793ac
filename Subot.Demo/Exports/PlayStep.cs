using System.Text.Json.Nodes;
using Subot.Simulator.Model;

namespace Subot.Demo.Exports;

/// <summary>One thing that happens in a played export.</summary>
/// <param name="At">When: a ts.</param>
internal abstract record PlayStep(string At, string Channel)
{
    /// <summary>Makes it happen.</summary>
    public abstract void Play(Workspace workspace);
}

/// <summary>A message is written, as the export has it.</summary>
internal sealed record MessageStep(string At, string Channel, JsonObject Message) : PlayStep(At, Channel)
{
    public override void Play(Workspace workspace) => workspace.Play(Message, Channel);
}

/// <summary>Somebody reacts. Exports do not say when; it is played after the last message of the thread.</summary>
internal sealed record ReactionStep(string At, string Channel, string Message, string Emoji, string User) : PlayStep(At, Channel)
{
    public override void Play(Workspace workspace) => workspace.React(User, Channel, Message, Emoji, At);
}
