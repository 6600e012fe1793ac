using Subot.Domain.Projection;
using Subot.Storage;
using Subot.Storage.Codecs;

namespace Subot.Tests.Storage;

/// <summary>Copies of states: a state is changed in place by whoever loaded it.</summary>
internal static class Copies
{
    public static StoredThread Of(StoredThread thread) => thread with { State = Of(thread.State) };

    public static ProjectedThread Of(ProjectedThread state) => StateCodec.Read(Bytes(state), state.Key);

    /// <summary>Equal states have equal bytes.</summary>
    public static byte[] Bytes(ProjectedThread state)
    {
        var writer = new BlobWriter();
        StateCodec.Write(writer, state);
        return writer.Written.ToArray();
    }
}
