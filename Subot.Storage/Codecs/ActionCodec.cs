using Subot.Domain;
using Subot.Domain.Actions;

namespace Subot.Storage.Codecs;

/// <summary>New actions of a thread as bytes, kept with the fact that made them. Instants are relative to the thread's root.</summary>
internal static class ActionCodec
{
    public static void Write(BlobWriter to, IReadOnlyList<BotAction> actions, Ts due)
    {
        to.Number((ulong)actions.Count);
        foreach (var action in actions)
        {
            to.Byte((byte)action.Kind);
            to.Text(action.Id);
            to.Instant(action.NotAfter, action.Thread.Root);
            to.Instant(due, action.Thread.Root);
        }
    }

    /// <summary>The actions, and when each is due.</summary>
    public static List<(BotAction Action, Ts Due)> Read(ReadOnlySpan<byte> bytes, ThreadKey thread)
    {
        var from = new BlobReader(bytes);
        var actions = new List<(BotAction, Ts)>();
        for (var count = from.Count(); count > 0; count--)
        {
            var (kind, id) = ((ActionKind)from.Byte(), from.Text());
            actions.Add((new BotAction(id, kind, thread, from.Instant(thread.Root)), from.Instant(thread.Root)));
        }

        return actions;
    }
}
