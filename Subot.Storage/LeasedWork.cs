namespace Subot.Storage;

/// <summary>Work that only one process may do at a time, and that may take longer than a lease.</summary>
public static class LeasedWork
{
    private static readonly TimeSpan s_renew = TimeSpan.FromSeconds(4);

    /// <summary>
    /// Does the work while the lease is held: it is renewed meanwhile, and the work cancelled when it runs out or another process takes it.
    /// </summary>
    /// <returns>False: another process holds it, or it was lost.</returns>
    public static async Task<bool> TryRunAsync(
        ILeases leases, string name, Func<CancellationToken, Task> work, TimeProvider time, CancellationToken ct)
    {
        if (await leases.TryHoldAsync(name, ct) is not { } lease)
            return false;
        // By a clock of its own: a renewal may hang for longer than the lease lasts.
        using var over = new CancellationTokenSource(lease.Left, time);
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(ct, over.Token);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var renewing = RenewAsync(leases, name, over, time, done.Token);
        try
        {
            await work(lost.Token);
            return true;
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            await done.CancelAsync();
            await renewing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task RenewAsync(ILeases leases, string name, CancellationTokenSource over, TimeProvider time, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(s_renew, time);
        while (!over.IsCancellationRequested && await timer.WaitForNextTickAsync(ct))
        {
            try
            {
                over.CancelAfter((await leases.TryHoldAsync(name, ct))?.Left ?? TimeSpan.Zero);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The store may answer again before the lease runs out.
            }
        }
    }
}
