using Subot.Domain.Facts;

namespace Subot.Api.Contracts.Threads;

/// <summary>What somebody says of a thread.</summary>
public sealed record Correction
{
    /// <summary>solve, reopen, dismiss (it is no request), restore (it is one after all), snooze (remind tomorrow), duplicate or retag.</summary>
    public required CorrectionKind Says { get; init; }

    /// <summary>Of duplicate: the ts of the request in the same channel that asks the same.</summary>
    public string? Of { get; init; }

    /// <summary>Of retag: the tools that it is about, by id or name; null: as they are.</summary>
    public IReadOnlyList<string>? Tools { get; init; }

    /// <summary>Of retag: the labels, by id or name; null: as they are.</summary>
    public IReadOnlyList<string>? Labels { get; init; }
}
