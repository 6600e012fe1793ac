namespace Subot.Simulator.Model;

public sealed partial class Workspace
{
    /// <summary>Changes a channel's topic, which the app sees as a message of subtype channel_topic.</summary>
    public void SetTopic(string user, string channel, string topic, string? at = null)
    {
        lock (Gate)
        {
            var place = ChannelOrNew(channel);
            place.Topic = topic;
            place.TopicChange = new Channel.Change(user, Time.GetUtcNow().ToUnixTimeSeconds());
            Describe(place, user, "topic", topic, at);
        }
    }

    /// <summary>Changes what a channel is for; as with the topic.</summary>
    public void SetPurpose(string user, string channel, string purpose, string? at = null)
    {
        lock (Gate)
        {
            var place = ChannelOrNew(channel);
            place.Purpose = purpose;
            place.PurposeChange = new Channel.Change(user, Time.GetUtcNow().ToUnixTimeSeconds());
            Describe(place, user, "purpose", purpose, at);
        }
    }

    private void Describe(Channel place, string user, string what, string value, string? at)
    {
        var words = value.Length > 0 ? $"set the channel {what}: {value}" : $"cleared the channel {what}";
        var body = Subtyped("channel_" + what, user, $"<@{user}> {words}");
        body[what] = value;
        PostBody(place, body, null, Now(place, at));
        DirectoryChanged?.Invoke();
    }
}
