using Subot.Domain.Numbers;

namespace Subot.Api.Contracts.Threads;

/// <summary>The words for how a request stands to the response target.</summary>
public static class TargetWord
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<TargetOutcome>().Select(Of)];

    /// <summary>The word of an outcome.</summary>
    public static string Of(TargetOutcome outcome) => outcome == TargetOutcome.Pending ? "running" : Word.Of(outcome);
}
