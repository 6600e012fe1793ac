namespace Subot.Simulator.Model;

public sealed partial class Workspace
{
    /// <summary>The first message of a channel that is as wanted, now or as soon as it is written or changed.</summary>
    public async Task<Message> FirstAsync(string channel, Func<Message, bool> wanted, CancellationToken cancellationToken)
    {
        var awaited = new Awaited<Message>(wanted);
        void See(MessageChange change)
        {
            if (change.Channel.Id == channel && change.Channel.Find(change.Ts) is { } message)
                awaited.See(message);
        }
        Shown += See;
        try
        {
            List<Message> known;
            lock (Gate)
                known = FindChannel(channel)?.All ?? [];
            return await awaited.AmongAsync(known, cancellationToken);
        }
        finally
        {
            Shown -= See;
        }
    }
}
