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
            to.Text(action.Detail);
            to.Instant(action.NotAfter, action.Root!.Value);
            to.Instant(due, action.Root!.Value);
        }
    }

    /// <summary>The actions, and when each is due.</summary>
    public static List<(BotAction Action, Ts Due)> Read(ReadOnlySpan<byte> bytes, ThreadKey thread)
    {
        var from = new BlobReader(bytes);
        var actions = new List<(BotAction, Ts)>();
        for (var count = from.Count(); count > 0; count--)
        {
            var (kind, id, detail) = ((ActionKind)from.Byte(), from.Text(), from.Text());
            var action = new BotAction(id, kind, thread.Channel, from.Instant(thread.Root)) { Root = thread.Root, Detail = detail };
            actions.Add((action, from.Instant(thread.Root)));
        }

        return actions;
    }
}
