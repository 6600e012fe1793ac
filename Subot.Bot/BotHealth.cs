namespace Subot.Bot;

/// <summary>What is wrong at the moment, in words for people.</summary>
internal sealed class BotHealth
{
    private volatile string? _storeTrouble;
    private int _storeWasDown;

    /// <summary>Why nothing can be stored; null while it can.</summary>
    public string? StoreTrouble => _storeTrouble;

    public void StoreFailed(string reason)
    {
        _storeTrouble = reason;
        Interlocked.Exchange(ref _storeWasDown, 1);
    }

    public void StoreWorks() => _storeTrouble = null;

    /// <summary>Whether the store came back since the last time this was asked: events may have been refused meanwhile.</summary>
    public bool TakeStoreRecovery() => _storeTrouble is null && Interlocked.Exchange(ref _storeWasDown, 0) == 1;
}
