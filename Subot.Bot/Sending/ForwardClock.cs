using Subot.Domain;

namespace Subot.Bot.Sending;

/// <summary>
/// The wall clock, but it never goes back: what is to be done in half a minute is done then, though the clock be set back an hour
/// meanwhile. For one caller at a time.
/// </summary>
internal sealed class ForwardClock(TimeProvider time)
{
    private DateTimeOffset _latest = time.GetUtcNow();
    private long _at = time.GetTimestamp();

    public Ts Now
    {
        get
        {
            var at = time.GetTimestamp();
            var (steady, wall) = (_latest + time.GetElapsedTime(_at, at), time.GetUtcNow());
            (_latest, _at) = (wall > steady ? wall : steady, at);
            return Ts.From(_latest);
        }
    }
}
