namespace Subot.Bot;

/// <summary>Whether events come at the moment.</summary>
internal sealed class ConnectionState
{
    private volatile bool _live;

    public bool IsLive => _live;

    public void Set(bool live) => _live = live;
}
