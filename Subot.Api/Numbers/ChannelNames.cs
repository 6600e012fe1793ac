using Subot.Api.Answers;
using Subot.Storage;

namespace Subot.Api.Numbers;

/// <summary>Channels as people name them.</summary>
internal static class ChannelNames
{
    /// <summary>The channel of an id, or of a name with or without '#', in whatever case; null if none is recorded.</summary>
    public static ChannelRecord? Find(IReadOnlyList<ChannelRecord> known, string named) =>
        known.FirstOrDefault(c => c.Id.Value == named || c.Name.Equals(named.TrimStart('#'), StringComparison.OrdinalIgnoreCase));

    /// <summary>The path of a thread names a channel that there is not.</summary>
    public static RefusedException NoChannel(IReadOnlyList<ChannelRecord> known, string named) =>
        RefusedException.Missing($"There is no channel {Quoted.Of(named)}; {Choices.Of(known.Select(c => c.Name))}");
}
