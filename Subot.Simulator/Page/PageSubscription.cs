using System.Text.Json.Nodes;
using System.Threading.Channels;
using Subot.Simulator.Model;

namespace Subot.Simulator.Page;

/// <summary>What one page has not been told yet.</summary>
internal sealed record PageChanges(
    bool IsTooMuch, bool IsDirectoryChanged, IReadOnlyCollection<MessageChange> Messages, IReadOnlyList<JsonObject> Notes);

/// <summary>Collects the changes for one open page.</summary>
internal sealed class PageSubscription
{
    private const int Most = 500;
    private readonly Lock gate = new();
    private readonly Channel<bool> signal = System.Threading.Channels.Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private HashSet<MessageChange> messages = [];
    private List<JsonObject> notes = [];
    private bool isDirectoryChanged;
    private bool isTooMuch;

    public void Mark(MessageChange change)
    {
        lock (gate)
        {
            if (messages.Count < Most)
                messages.Add(change);
            else
                isTooMuch = true;
        }
        signal.Writer.TryWrite(true);
    }

    public void MarkDirectory()
    {
        lock (gate)
            isDirectoryChanged = true;
        signal.Writer.TryWrite(true);
    }

    public void Add(JsonObject note)
    {
        lock (gate)
            notes.Add(note);
        signal.Writer.TryWrite(true);
    }

    /// <summary>Waits for something to tell; never false.</summary>
    public ValueTask<bool> ChangedAsync(CancellationToken cancellationToken) => signal.Reader.ReadAsync(cancellationToken);

    public PageChanges Take()
    {
        lock (gate)
        {
            var taken = new PageChanges(isTooMuch, isDirectoryChanged, isTooMuch ? [] : messages, notes);
            (messages, notes, isDirectoryChanged, isTooMuch) = ([], [], false, false);
            return taken;
        }
    }
}
