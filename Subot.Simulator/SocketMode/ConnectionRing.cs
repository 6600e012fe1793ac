namespace Subot.Simulator.SocketMode;

/// <summary>The open connections; each envelope goes to the next one in turn. Its caller holds <see cref="Gate"/>.</summary>
internal sealed class ConnectionRing
{
    private const int MostConnections = 10;
    private readonly List<SocketConnection> connections = [];
    private int turn;

    /// <summary>The lock of everything Socket Mode.</summary>
    public Lock Gate { get; } = new();

    public int Count => connections.Count;

    public bool IsFull => connections.Count >= MostConnections;

    public IReadOnlyList<SocketConnection> All => connections;

    public void Add(SocketConnection connection) => connections.Add(connection);

    public void Remove(SocketConnection connection) => connections.Remove(connection);

    /// <summary>The connection whose turn it is; null when none is ready.</summary>
    public SocketConnection? Next()
    {
        for (var tried = 0; tried < connections.Count; tried++)
        {
            turn = (turn + 1) % connections.Count;
            if (connections[turn].IsReady)
                return connections[turn];
        }
        return null;
    }

    public void Settled(Delivery delivery)
    {
        foreach (var connection in connections)
            connection.Settled(delivery);
    }

    public void DropAll()
    {
        foreach (var connection in connections)
            connection.Abort();
    }
}
