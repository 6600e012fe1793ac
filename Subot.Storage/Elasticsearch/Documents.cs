using System.Text.Json;
using System.Text.Json.Serialization;
using Subot.Domain;
using Subot.Storage.Codecs;

namespace Subot.Storage.Elasticsearch;

/// <summary>
/// A message: the thread that it belongs to, and its text apart from all facts. Kept under the time since when it reads so.
/// </summary>
/// <param name="Root">The thread's root, in microseconds since 1970.</param>
/// <param name="Text">Null: it has none, or it is forgotten.</param>
internal sealed record MessageDocument(string Channel, long Ts, long Root, long Since, string? Text)
{
    /// <summary>The mark of a message that is not known: something about it is kept under its own ts.</summary>
    public static MessageDocument MarkOf(ThreadKey stray) => new(stray.Channel.Value, stray.Root.Micros, stray.Root.Micros, 0, null);

    [JsonIgnore]
    public bool IsMark => Since == 0;
}

/// <summary>What a question about the numbers reads of a thread's document.</summary>
internal sealed record CountedDocument(string Channel, long Root, byte[] Contribution, NumbersFields Numbers)
{
    public CountedThread Thread()
    {
        var from = new BlobReader(Contribution);
        ContributionCodec.Read(ref from, out var contribution, out _);
        return new CountedThread(new ThreadKey(new ChannelId(Channel), new Ts(Root)), contribution, Numbers.Dimensions());
    }
}

/// <summary>What a list by silence reads of a thread's document. Instants are microseconds since 1970.</summary>
internal sealed record SilentDocument(string Channel, long Root, long Silence);

/// <summary>Actions that are to be created together.</summary>
internal sealed record CreationDocument(bool IsCreation, IReadOnlyList<ActionFields> Actions);

/// <summary>A version of the settings. Instants are microseconds since 1970.</summary>
/// <param name="Body">See <see cref="Settings.SettingsJson"/>.</param>
internal sealed record VersionDocument(int Number, long ValidFrom, string Body, string Author, string WrittenAt, string? Environment);

/// <summary>What is known of the channels, by id.</summary>
internal sealed record ChannelsDocument(SortedDictionary<string, ChannelsDocument.Channel> Channels)
{
    internal sealed record Channel(string Name, long CompleteUntil, long ComparedUntil);
}

/// <summary>See <see cref="ProjectedWith"/>.</summary>
internal sealed record ProjectedDocument(int Projection, int Settings);

/// <summary>Who holds a lease; a beat more at each renewal.</summary>
internal sealed record LeaseDocument(string Holder, long Beat);

/// <summary>An entry of the inbox.</summary>
internal sealed record InboxDocument(long Entry, string Channel, long? Root, long About, long Time, int Kind, byte[] Fact, string? Text);

/// <summary>What was asked to be forgotten.</summary>
/// <param name="Requests">See <see cref="Privacy.PrivacyRequest"/>.</param>
internal sealed record PrivacyDocument(string Requests);

/// <summary>Who somebody is.</summary>
/// <param name="Person">User id.</param>
internal sealed record PersonDocument(
    string Person,
    long AsOf,
    string Name,
    string RealName,
    string FirstName,
    string LastName,
    string DisplayName,
    string Email,
    string Image32,
    string Image512,
    bool IsBot);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ThreadDocument))]
[JsonSerializable(typeof(CountedDocument))]
[JsonSerializable(typeof(ActionDocument))]
[JsonSerializable(typeof(MessageDocument))]
[JsonSerializable(typeof(SilentDocument))]
[JsonSerializable(typeof(CreationDocument))]
[JsonSerializable(typeof(VersionDocument))]
[JsonSerializable(typeof(ChannelsDocument))]
[JsonSerializable(typeof(ProjectedDocument))]
[JsonSerializable(typeof(LeaseDocument))]
[JsonSerializable(typeof(InboxDocument))]
[JsonSerializable(typeof(PersonDocument))]
[JsonSerializable(typeof(PrivacyDocument))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class DocumentsJson : JsonSerializerContext;
