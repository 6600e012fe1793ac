using Subot.Bot.Settings;
using Subot.Domain;
using Subot.Domain.OnCall;

namespace Subot.Bot;

/// <summary>Who is on call, by the settings as they are known now.</summary>
internal sealed class OnCallNow(CurrentSettings settings, TimeProvider time)
{
    /// <summary>The user id of who is on call for a channel; null: nobody.</summary>
    public string? In(ChannelId channel)
    {
        var now = Ts.From(time.GetUtcNow());
        var version = settings.History.At(now);
        return version.Settings.OnCall.UserAt(channel, now, version.Zone);
    }

    /// <summary>Who was and will be on call within [from, to), a shift each: by the plan that was valid then, or is to be.</summary>
    public IEnumerable<Shift> Shifts(ChannelId channel, Ts from, Ts to) => OnCallHistory.Of(settings.History).Shifts(channel, from, to);
}
