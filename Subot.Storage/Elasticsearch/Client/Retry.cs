using Polly;
using Polly.Retry;

namespace Subot.Storage.Elasticsearch.Client;

/// <summary>
/// How things are tried again: after some 0.2, 0.4, 0.8 and 1.6 s, each a bit off so that several bots do not come in step.
/// </summary>
internal static class Retry
{
    /// <summary>A pipeline that repeats what came out wrong.</summary>
    /// <param name="again">Whether to repeat.</param>
    /// <param name="told">Called before the wait.</param>
    public static ResiliencePipeline<T> While<T>(Func<T, bool> again, TimeProvider time, Action<T, TimeSpan> told) =>
        new ResiliencePipelineBuilder<T> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<T>
            {
                MaxRetryAttempts = 4,
                Delay = TimeSpan.FromMilliseconds(200),
                MaxDelay = TimeSpan.FromSeconds(5),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = args => new ValueTask<bool>(args.Outcome is { Exception: null, Result: { } result } && again(result)),
                OnRetry = args =>
                {
                    if (args.Outcome.Result is { } result)
                        told(result, args.RetryDelay);
                    return default;
                },
            })
            .Build();
}
