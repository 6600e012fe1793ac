using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Subot.Api.Access;

namespace Subot.Api.SignIn;

/// <summary>How often somebody may try a password: a few times at once, then slowly. Known and unknown names are counted alike.</summary>
internal sealed class SignInLimits : IDisposable
{
    // Ten mistakes, then 30 an hour: guessing takes years, and who is kept out by a stranger's guesses gets in after two minutes.
    private readonly PartitionedRateLimiter<string> _byAccount = Create(tries: 10, oneMoreIn: TimeSpan.FromMinutes(2));
    // A whole office may share an address.
    private readonly PartitionedRateLimiter<string> _byAddress = Create(tries: 60, oneMoreIn: TimeSpan.FromSeconds(6));

    /// <summary>Counts a try.</summary>
    /// <exception cref="TooManyTriesException">There were too many.</exception>
    public void Count(string account, IPAddress? address)
    {
        Take(_byAddress, Network.Of(address));
        Take(_byAccount, account);
    }

    public void Dispose()
    {
        _byAccount.Dispose();
        _byAddress.Dispose();
    }

    private static void Take(PartitionedRateLimiter<string> limiter, string key)
    {
        using var lease = limiter.AttemptAcquire(key);
        if (!lease.IsAcquired)
            throw new TooManyTriesException(lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromMinutes(1));
    }

    private static PartitionedRateLimiter<string> Create(int tries, TimeSpan oneMoreIn) => PartitionedRateLimiter.Create<string, string>(
        key => RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = tries,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = oneMoreIn,
            QueueLimit = 0,
        }),
        StringComparer.Ordinal);
}

/// <summary>Too many tries; after the wait one more is allowed.</summary>
internal sealed class TooManyTriesException(TimeSpan wait) : Exception("Too many tries.")
{
    /// <summary>Whole seconds to wait.</summary>
    public string RetryAfter { get; } = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
