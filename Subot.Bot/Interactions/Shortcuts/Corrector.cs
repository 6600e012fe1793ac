using Subot.Bot.Apply;
using Subot.Bot.Settings;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Projection;
using Subot.Storage;

namespace Subot.Bot.Interactions.Shortcuts;

/// <summary>Stores what people correct, and says who may.</summary>
internal sealed class Corrector(ApplyQueue queue, CurrentSettings settings)
{
    /// <summary>Whether somebody may correct requests: the team and the admins.</summary>
    public bool May(UserId user, Ts at) => settings.History.InTeam(user, at) || settings.At(at).Admins.Contains(user.Value);

    /// <summary>A correction of a thread as it was seen.</summary>
    public static Arrival Of(ProjectedThread thread, Ts at, CorrectionKind kind, UserId by, UserId? about = null, Ts? of = null) =>
        Of(thread.Key, new CorrectionFact(thread.After(at), kind, by, about, of));

    /// <summary>A correction at a time of its own.</summary>
    public static Arrival Of(ThreadKey thread, CorrectionFact fact) => new(thread, new MessageKey(thread.Channel, thread.Root), fact);

    /// <summary>Returns when all of it is stored.</summary>
    /// <exception cref="StoreException">Nothing of it is.</exception>
    public Task StoreAsync(CancellationToken ct, params IReadOnlyList<Arrival> corrections) => queue.AddAndWaitAsync(corrections, ct);
}
