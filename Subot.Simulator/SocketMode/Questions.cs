using System.Text.Json.Nodes;

namespace Subot.Simulator.SocketMode;

/// <summary>The answer to a question: the payload of its acknowledgement (empty when it has none), or the error.</summary>
public readonly record struct Reply(JsonObject? Payload, string? Error);

/// <summary>Commands and interactions that wait for their acknowledgement: sent once, answered within 3 s or not at all.</summary>
internal sealed class Questions(ConnectionRing connections, TimeProvider time)
{
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(3);
    private readonly Dictionary<string, (SocketConnection On, TaskCompletionSource<JsonObject> Answer)> open = [];

    /// <summary>
    /// Sends a question to one connection and waits for its answer. Takes the hub's lock.
    /// </summary>
    public async Task<Reply> AskAsync(string type, bool acceptsPayload, JsonObject payload, CancellationToken cancellationToken)
    {
        var id = Guid.NewGuid().ToString();
        var answer = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        var frame = Envelopes.Wrap(id, type, acceptsPayload, "", Json.Bytes(payload));
        lock (connections.Gate)
        {
            if (connections.Next() is not { } connection)
                return new Reply(null, "dispatch_failed");
            open[id] = (connection, answer);
            connection.Send(frame);
        }
        try
        {
            var given = await answer.Task.WaitAsync(AnswerTime, time, cancellationToken);
            return new Reply(acceptsPayload ? given : [], null);
        }
        catch (TimeoutException)
        {
            return new Reply(null, "operation_timeout");
        }
        finally
        {
            lock (connections.Gate)
                open.Remove(id);
        }
    }

    /// <summary>True when this envelope was a question. The caller holds the hub's lock.</summary>
    public bool Answer(SocketConnection connection, string envelopeId, JsonObject? payload)
    {
        if (!open.TryGetValue(envelopeId, out var question))
            return false;
        if (question.On == connection)
            question.Answer.TrySetResult(payload ?? []);
        return true;
    }
}
