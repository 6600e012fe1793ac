using Subot.Domain;
using Subot.Storage;

namespace Subot.Tests.Storage;

public sealed partial class MemoryStore
{
    public ValueTask<FoundMessages> FindMessagesAsync(MessageSearch search, CancellationToken ct)
    {
        lock (_lock)
        {
            var all = _messages.Where(m => search.Channels.Contains(m.Key.Channel) && m.Value.Root >= search.From && m.Value.Root < search.To && m.Value.Text is { } text && search.Words.IsIn(text))
                .OrderByDescending(m => m.Key.Ts).ThenBy(m => m.Key.Channel)
                .Select(m => new FoundMessage(m.Key, new ThreadKey(m.Key.Channel, m.Value.Root), m.Value.Text!));
            // A message after which the list goes on may be gone by then.
            List<FoundMessage> rest = [.. all.SkipWhile(m => search.After is { } after && (m.Message.Ts > after.Ts || (m.Message.Ts == after.Ts && m.Message.Channel.CompareTo(after.Channel) <= 0)))];
            return new(rest.Count > search.Limit ? new FoundMessages([.. rest.Take(search.Limit)], rest[search.Limit - 1].Message) : new FoundMessages(rest, null));
        }
    }

    public ValueTask<IReadOnlyList<SilentThread>> SilentThreadsAsync(
        IReadOnlyList<ChannelId> channels, SilentThread? after, int limit, CancellationToken ct)
    {
        lock (_lock)
        {
            var all = Records(channels).Select(r => r.Thread.State).Where(s => s.SilentSince is not null)
                .OrderBy(s => s.SilentSince!.Value).ThenBy(s => s.Key.Channel).ThenBy(s => s.Key.Root)
                .Select(s => new SilentThread(s.SilentSince!.Value, s.Key)).ToList();
            return new([.. all.Where(s => after is not { } known || s.CompareTo(known) > 0).Take(limit)]);
        }
    }
}
