namespace Subot.Tests.Storage.Elasticsearch;

/// <summary>Real time, in which nobody waits between two attempts; how long an answer may take is as it is.</summary>
internal sealed class HurriedTime : TimeProvider
{
    private static readonly TimeSpan s_longestBackoff = TimeSpan.FromSeconds(6);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime > TimeSpan.Zero && dueTime < s_longestBackoff ? TimeSpan.Zero : dueTime, period);
}
