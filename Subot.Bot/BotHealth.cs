namespace Subot.Bot;

/// <summary>What is wrong at the moment, in words for people.</summary>
internal sealed class BotHealth
{
    private volatile string? _storeTrouble;
    private volatile string? _slackTrouble;
    private int _storeWasDown;

    /// <summary>Why nothing can be stored; null while it can.</summary>
    public string? StoreTrouble => _storeTrouble;

    /// <summary>Why nothing can be posted; null while it can.</summary>
    public string? SlackTrouble => _slackTrouble;

    public void StoreFailed(string reason)
    {
        _storeTrouble = reason;
        Interlocked.Exchange(ref _storeWasDown, 1);
    }

    public void StoreWorks() => _storeTrouble = null;

    public void SlackRefuses(string reason) => _slackTrouble = reason;

    public void SlackWorks() => _slackTrouble = null;

    /// <summary>Whether the store came back since the last time this was asked: events may have been refused meanwhile.</summary>
    public bool TakeStoreRecovery() => _storeTrouble is null && Interlocked.Exchange(ref _storeWasDown, 0) == 1;
}
