using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using Subot.Storage;

namespace Subot.Tests.Storage;

/// <summary>Work goes on while its lease is held, and no longer.</summary>
internal sealed class LeasedWorkTests
{
    // Asked for every four seconds.
    private static readonly TimeSpan s_length = TimeSpan.FromSeconds(15);

    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Ct => TestContext.CurrentContext.CancellationToken;

    [Test, CancelAfter(30_000)]
    public async Task A_store_that_fails_once_does_not_end_it()
    {
        var leases = new Leases(_time, Answer.Held, Answer.Fails, Answer.Held, Answer.Fails, Answer.Held);
        Assert.That(await RunAsync(leases, ct => leases.AskedAsync(5, ct)), Is.True);
    }

    [Test, CancelAfter(30_000)]
    public async Task A_store_that_fails_for_longer_than_the_lease_ends_it()
    {
        var leases = new Leases(_time, Answer.Held, Answer.Fails, Answer.Fails, Answer.Fails, Answer.Fails);
        Assert.That(await RunAsync(leases, ct => Task.Delay(Timeout.Infinite, ct)), Is.False);
        Assert.That(leases.Asked, Is.InRange(4, 5));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_renewal_that_hangs_does_not_make_the_lease_longer()
    {
        var (began, ended) = (_time.GetUtcNow(), default(DateTimeOffset));
        var leases = new Leases(_time, Answer.Held, Answer.Hangs);
        Assert.That(await RunAsync(leases, WorkAsync), Is.False);
        Assert.That(ended - began, Is.EqualTo(s_length));

        async Task WorkAsync(CancellationToken ct)
        {
            using var noted = ct.Register(() => ended = _time.GetUtcNow());
            await Task.Delay(Timeout.Infinite, ct);
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Another_process_that_took_the_lease_ends_it()
    {
        var leases = new Leases(_time, Answer.Held, Answer.Held, Answer.Taken);
        Assert.That(await RunAsync(leases, ct => Task.Delay(Timeout.Infinite, ct)), Is.False);
    }

    [Test]
    public async Task It_does_not_begin_while_another_process_holds_the_lease() =>
        Assert.That(await RunAsync(new Leases(_time, Answer.Taken), _ => throw new InvalidOperationException()), Is.False);

    private async Task<bool> RunAsync(Leases leases, Func<CancellationToken, Task> work)
    {
        var (running, seconds) = (LeasedWork.TryRunAsync(leases, "test", work, _time, Ct), 0);
        while (!running.IsCompleted)
        {
            if (leases.Asked > seconds / 4 || leases.Hangs)
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                seconds++;
            }

            await Task.Yield();
        }

        return await running;
    }

    private enum Answer
    {
        Held,
        Taken,
        Fails,
        Hangs,
    }

    private sealed class Leases(TimeProvider time, params Answer[] answers) : ILeases
    {
        private volatile int _asked;

        public int Asked => _asked;

        public bool Hangs => AnswerTo(_asked) == Answer.Hangs;

        public ValueTask<Lease?> TryHoldAsync(string name, CancellationToken ct) => AnswerTo(Interlocked.Increment(ref _asked)) switch
        {
            Answer.Held => new(new Lease(time, time.GetTimestamp(), s_length)),
            Answer.Taken => new((Lease?)null),
            Answer.Hangs => new(HangAsync(ct)),
            _ => throw new StoreException("It does not answer.", mayPass: true),
        };

        // The last one goes on for as long as the work is not noticed to have ended.
        private Answer AnswerTo(int number) => answers[Math.Min(number, answers.Length) - 1];

        private static async Task<Lease?> HangAsync(CancellationToken ct)
        {
            await Task.Delay(Timeout.Infinite, ct);
            return null;
        }

        /// <summary>Waits until the lease was asked for so often.</summary>
        public async Task AskedAsync(int times, CancellationToken ct)
        {
            while (_asked < times)
            {
                ct.ThrowIfCancellationRequested();
                await Task.Yield();
            }
        }
    }
}
