namespace Subot.Storage.Elasticsearch.Legacy;

/// <summary>What the first Subot stored, as it stored it. Texts that a document lacks are empty.</summary>
public sealed record LegacyData
{
    /// <summary>Messages of the channel, some of them more than once.</summary>
    public IReadOnlyList<LegacyMessage> Messages { get; init; } = [];

    /// <summary>Who was named fireman, when.</summary>
    public IReadOnlyList<LegacyFireman> Firemen { get; init; } = [];

    /// <summary>The team at the end; who left it before is gone.</summary>
    public IReadOnlyList<LegacyMember> Team { get; init; } = [];

    /// <summary>Tools.</summary>
    public IReadOnlyList<LegacyTag> Tools { get; init; } = [];

    /// <summary>Labels.</summary>
    public IReadOnlyList<LegacyTag> Labels { get; init; } = [];

    /// <summary>Automatic answers.</summary>
    public IReadOnlyList<LegacyAnswer> Answers { get; init; } = [];

    /// <summary>Who people were when they were last heard of.</summary>
    public IReadOnlyCollection<Person> People { get; init; } = [];

    /// <summary>How many documents there are in indices that the first Subot made and never used, by index.</summary>
    public IReadOnlyDictionary<string, long> Unused { get; init; } = new Dictionary<string, long>();
}

/// <summary>A message outside of threads, with what was heard of its thread.</summary>
/// <param name="Id">Of the document.</param>
/// <param name="Type">user, team or deleted; it stands for who wrote it, as judged then.</param>
/// <param name="Status">unresponded, responded or fixed.</param>
/// <param name="User">User id.</param>
public sealed record LegacyMessage(string Id, string Ts, string Type, string Status, string User, string Text)
{
    /// <summary>Names of the tools that patterns or an admin found.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    /// <summary>Names of the labels that patterns or an admin found.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Reactions in the order in which they were heard of.</summary>
    public IReadOnlyList<LegacyReaction> Reactions { get; init; } = [];

    /// <summary>Replies, now and then with the message itself among them.</summary>
    public IReadOnlyList<LegacyReply> Replies { get; init; } = [];

    /// <summary>feedback_useful, feedback_useless, asked_feedback, no_feedback or nothing.</summary>
    public string Feedback { get; init; } = "";

    /// <summary>When the requester judged the answer.</summary>
    public string FeedbackTs { get; init; } = "";

    /// <summary>Whole minutes until the first reply of the team; 0 also if there was none.</summary>
    public long ResponseMinutes { get; init; }

    /// <summary>Whole minutes until it was marked as solved; 0 also if it was not.</summary>
    public long ResolutionMinutes { get; init; }

    /// <summary>Whether the classifier found something.</summary>
    public bool IsClassified { get; init; }
}

/// <summary>An emoji that somebody put on a message, or took off it: the first Subot did not tell these apart.</summary>
/// <param name="Message">The ts of the message; empty if it was read from Slack's history.</param>
/// <param name="Ts">When, in seconds of the first Subot's clock; empty if it was read from Slack's history.</param>
/// <param name="Count">How many people, if it was read from Slack's history.</param>
public sealed record LegacyReaction(string Name, IReadOnlyList<string> Users, string Message, string Ts, int Count);

/// <summary>A reply.</summary>
public sealed record LegacyReply(string Ts, string User, string Text, bool FromBot);

/// <summary>Somebody was named fireman by the channel's topic.</summary>
/// <param name="Id">Of the document.</param>
/// <param name="User">The fireman's id.</param>
/// <param name="By">Who set the topic.</param>
public sealed record LegacyFireman(string Id, string Ts, string User, string By);

/// <summary>A member of the team.</summary>
/// <param name="Id">Of the document.</param>
/// <param name="User">User id.</param>
public sealed record LegacyMember(string Id, string User, string Name);

/// <summary>A tool or a label.</summary>
/// <param name="Id">Of the document.</param>
/// <param name="Expression">A Lucene expression for a word; null if the document has no such thing.</param>
public sealed record LegacyTag(string Id, string Name, string? Expression);

/// <summary>An automatic answer.</summary>
/// <param name="Id">Of the document.</param>
/// <param name="Tool">The name of its tool; empty for none.</param>
/// <param name="Label">The name of its label; empty for none.</param>
public sealed record LegacyAnswer(string Id, string Tool, string Label, string Text, bool Feedback);
