namespace Subot.Storage.Elasticsearch.Client;

/// <summary>The nodes in turn; one that did not answer is left out for a while, unless no other is left.</summary>
internal sealed class NodeList(IReadOnlyList<Uri> nodes, TimeProvider time)
{
    /// <summary>How long a node that did not answer is left out.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Node[] _nodes = [.. nodes.Select(n => new Node(n))];
    private int _turn;

    /// <summary>How many nodes there are.</summary>
    public int Count => _nodes.Length;

    /// <summary>The node whose turn it is.</summary>
    public Node Next()
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            var inTurn = Enumerable.Range(0, _nodes.Length).Select(i => _nodes[(_turn + i) % _nodes.Length]);
            var next = inTurn.MinBy(n => n.RestsUntil > now ? n.RestsUntil : DateTimeOffset.MinValue)!;
            _turn = (Array.IndexOf(_nodes, next) + 1) % _nodes.Length;
            return next;
        }
    }

    /// <summary>Leaves a node out for a while.</summary>
    public void Failed(Node node)
    {
        var until = time.GetUtcNow() + Rest;
        lock (_lock)
            node.RestsUntil = until;
    }

    /// <summary>The node is there.</summary>
    public void Answered(Node node)
    {
        lock (_lock)
            (node.RestsUntil, node.HasAnswered) = (DateTimeOffset.MinValue, true);
    }

    /// <summary>One node.</summary>
    internal sealed class Node(Uri uri)
    {
        /// <summary>Its URL, ending in a slash: paths are relative to it.</summary>
        public Uri Uri { get; } = uri.AbsoluteUri.EndsWith('/') ? uri : new Uri(uri.AbsoluteUri + "/");

        /// <summary>Until when it is left out.</summary>
        public DateTimeOffset RestsUntil { get; set; }

        /// <summary>Whether it ever answered.</summary>
        public bool HasAnswered { get; set; }

        /// <summary>As it is shown.</summary>
        public override string ToString() => ElasticsearchOptions.Name(Uri);
    }
}
