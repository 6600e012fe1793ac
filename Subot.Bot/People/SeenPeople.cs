using System.Threading.Channels;
using Subot.Bot.Apply;
using Subot.Domain;
using Subot.Domain.Facts;

namespace Subot.Bot.People;

/// <summary>
/// Who wrote something that was just stored. Noting it costs the apply loop next to nothing; when too many wait, the oldest are forgotten
/// and come again.
/// </summary>
internal sealed class SeenPeople
{
    private const int Most = 10_000;

    private readonly Channel<UserId> _people =
        Channel.CreateBounded<UserId>(new BoundedChannelOptions(Most) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public void Note(Arrival arrival)
    {
        if (arrival.Fact is MessageFact { Author: { } author, AuthorKind: AuthorKind.Person or AuthorKind.Self or AuthorKind.Bot })
            _people.Writer.TryWrite(author);
    }

    public IAsyncEnumerable<UserId> ReadAsync(CancellationToken ct) => _people.Reader.ReadAllAsync(ct);
}
