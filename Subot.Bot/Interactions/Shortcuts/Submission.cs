using Subot.Bot.Words;
using Subot.Domain;
using Subot.Domain.Projection;
using Subot.Slack;

namespace Subot.Bot.Interactions.Shortcuts;

/// <summary>Somebody who may do so filled in the modal of a shortcut.</summary>
/// <param name="Thread">The thread of the shortcut's message, as it stands now.</param>
/// <param name="Details">What the modal carries besides the thread.</param>
/// <param name="At">When.</param>
internal sealed record Submission(SlackView View, ProjectedThread Thread, IReadOnlyList<string> Details, UserId User, Ts At, Wording Words);
