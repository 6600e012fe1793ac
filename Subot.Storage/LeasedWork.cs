namespace Subot.Storage;

/// <summary>Work that only one process may do at a time, and that may take longer than a lease.</summary>
public static class LeasedWork
{
    private static readonly TimeSpan s_renew = TimeSpan.FromSeconds(4);

    /// <summary>Does the work while the lease is held: it is renewed meanwhile, and the work cancelled when another process takes it.</summary>
    /// <returns>False: another process holds it, or took it.</returns>
    public static async Task<bool> TryRunAsync(ILeases leases, string name, Func<CancellationToken, Task> work, TimeProvider time, CancellationToken ct)
    {
        if (await leases.TryHoldAsync(name, ct) is not { } lease)
            return false;
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var renewing = RenewAsync(leases, name, lease, lost, time, done.Token);
        try
        {
            await work(lost.Token);
            return true;
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            await done.CancelAsync();
            await renewing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task RenewAsync(ILeases leases, string name, Lease lease, CancellationTokenSource lost, TimeProvider time, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(s_renew, time);
        Lease? held = lease;
        while (held is { } last)
        {
            await timer.WaitForNextTickAsync(ct);
            try
            {
                held = await leases.TryHoldAsync(name, ct);
            }
            catch (StoreException)
            {
                // It may answer again before the lease runs out.
                held = last.IsHeld ? last : null;
            }
        }

        await lost.CancelAsync();
    }
}
