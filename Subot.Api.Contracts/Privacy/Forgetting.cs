namespace Subot.Api.Contracts.Privacy;

/// <summary>A wish to forget a person, or texts: one of both.</summary>
/// <param name="Person">User id of the person to erase.</param>
/// <param name="TextsBefore">Texts of messages before this instant are to be forgotten.</param>
/// <param name="DryRun">Only tells what it would do.</param>
public sealed record ForgetWish(string? Person = null, DateTimeOffset? TextsBefore = null, bool DryRun = false);

/// <summary>What a wish would do.</summary>
public sealed record ForgetPreview
{
    /// <summary>The person's name, if it is known.</summary>
    public string? Name { get; init; }

    /// <summary>Threads that name the person in any way.</summary>
    public int Threads { get; init; }

    /// <summary>Messages of theirs, with or without a text.</summary>
    public int Messages { get; init; }

    /// <summary>Texts that would be forgotten.</summary>
    public required int Texts { get; init; }

    /// <summary>Texts of others that mention them: a pseudonym takes the place.</summary>
    public int Mentions { get; init; }

    /// <summary>Where the present settings name them.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>In how many threads others wrote their name: that is prose, and stays.</summary>
    public int NamedThreads { get; init; }

    /// <summary>The first thousand of those.</summary>
    public IReadOnlyList<NamedThread> Named { get; init; } = [];
}

/// <summary>A thread.</summary>
/// <param name="Channel">By id.</param>
/// <param name="Ts">The ts of its first message.</param>
public sealed record NamedThread(string Channel, string Ts);

/// <summary>What was asked to be forgotten, and what came of it.</summary>
/// <param name="Author">Who asked.</param>
/// <param name="Pseudonym">The user id that stands for the erased person; null if it was about texts.</param>
/// <param name="TextsBefore">Null if it was about a person.</param>
/// <param name="DoneAt">When nothing of it was left to find; null: the bot has not done it yet.</param>
/// <param name="CompactedAt">When nothing of it was left on the store's disk; null: not yet.</param>
/// <param name="Threads">How many threads named the person.</param>
/// <param name="Texts">How many texts were forgotten.</param>
public sealed record ForgetEntry(
    string Id,
    string Author,
    DateTimeOffset AskedAt,
    string? Pseudonym,
    DateTimeOffset? TextsBefore,
    DateTimeOffset? DoneAt,
    DateTimeOffset? CompactedAt,
    int Threads,
    int Texts);
