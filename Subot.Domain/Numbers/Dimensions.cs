using Subot.Domain.Actions;
using Subot.Domain.Projection;
using Subot.Domain.Settings;
using Subot.Domain.Values;

namespace Subot.Domain.Numbers;

/// <summary>By what requests are told apart besides their period.</summary>
public enum NumbersDimension : byte
{
    /// <summary>Who asked.</summary>
    Requester = 0,

    /// <summary>The author of the last team message before it was solved.</summary>
    Responder = 1,

    /// <summary>Tools found in the root.</summary>
    Tool = 2,

    /// <summary>Labels found in the root.</summary>
    Label = 3,

    /// <summary>Answers that fit.</summary>
    Answer = 4,
}

/// <summary>What a request is filtered by besides its period. Ids are in their order, each once.</summary>
public sealed record Dimensions
{
    private static readonly ValueList<string> s_nothing = [];

    /// <summary>Those of what is no request.</summary>
    public static Dimensions None { get; } = new();

    /// <summary>Who asked.</summary>
    public UserId? Requester { get; init; }

    /// <summary>The author of the last team message before it was solved.</summary>
    public UserId? Responder { get; init; }

    /// <summary>Ids of the tools found in the root, as it reads now.</summary>
    public ValueList<string> Tools { get; init; } = s_nothing;

    /// <summary>Ids of the labels found in the root, as it reads now.</summary>
    public ValueList<string> Labels { get; init; } = s_nothing;

    /// <summary>
    /// Ids of the answers to it, see <see cref="Decisions.AnswersTo"/>: by what the root read at first, whatever it is about now. The
    /// silent ones too: that tells what they would have done.
    /// </summary>
    public ValueList<string> Answers { get; init; } = s_nothing;

    /// <summary>The dimensions of a thread.</summary>
    public static Dimensions Of(ProjectedThread state, SettingsHistory settings) => state.Kind != RootKind.Request ? None : new Dimensions
    {
        Requester = state.Requester,
        Responder = state.Course!.Responder,
        Tools = Ordered(state.Tools),
        Labels = Ordered(state.Labels),
        Answers = AnswersTo(state, settings.At(state.Key.Root).Settings),
    };

    private static ValueList<string> AnswersTo(ProjectedThread state, TeamSettings settings) =>
        settings.Answers.Count == 0 ? s_nothing : Ordered([.. Decisions.AnswersTo(state, settings).Select(a => a.Id)]);

    private static ValueList<string> Ordered(ValueList<string> ids) =>
        ids.Count < 2 ? ids : [.. ids.Distinct().Order(StringComparer.Ordinal)];
}
