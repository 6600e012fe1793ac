using Subot.Domain.Facts;

namespace Subot.Api.Contracts.Threads;

/// <summary>What somebody says of a thread.</summary>
public sealed record Correction
{
    /// <summary>What may be said here.</summary>
    public static IReadOnlyList<CorrectionKind> Sayable { get; } =
        [CorrectionKind.Solve, CorrectionKind.Reopen, CorrectionKind.Dismiss, CorrectionKind.Restore, CorrectionKind.Snooze, CorrectionKind.Duplicate, CorrectionKind.Retag];

    /// <summary>Its words.</summary>
    public static IReadOnlyList<string> SayableWords { get; } = [.. Sayable.Select(Word.Of)];

    /// <summary>
    /// solve, reopen, dismiss (it is no request), restore (it is one after all), snooze (remind tomorrow), duplicate or retag.
    /// </summary>
    [OneOf(typeof(Correction), nameof(SayableWords))]
    public required CorrectionKind Says { get; init; }

    /// <summary>Of duplicate: the ts of the request in the same channel that asks the same.</summary>
    public string? Of { get; init; }

    /// <summary>Of retag: the tools that it is about, by id or name; null: as they are.</summary>
    public IReadOnlyList<string>? Tools { get; init; }

    /// <summary>Of retag: the labels, by id or name; null: as they are.</summary>
    public IReadOnlyList<string>? Labels { get; init; }
}
