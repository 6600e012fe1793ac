using System.Net;
using Microsoft.AspNetCore.Authentication;
using Subot.Api.SignIn.Ldap;

namespace Subot.Api.SignIn;

/// <summary>How a sign-in ended.</summary>
/// <param name="Problem">What keeps them out; null: they are in.</param>
internal sealed record SignInOutcome(int Status, string? Problem);

/// <summary>Signs people in with the name and the password that the directory knows.</summary>
internal sealed class PasswordSignIn(SignInOptions options, SignInLimits limits, SignInLog log, TimeProvider time) : IDisposable
{
    // Longer than a directory usually takes, so that nobody sees from the time what was wrong.
    private static readonly TimeSpan s_refusalTakes = TimeSpan.FromMilliseconds(700);
    private const int LongestPassword = 1024;

    private readonly LdapDirectory? _directory = options.Ldap is null ? null : new LdapDirectory(options.Ldap);

    /// <summary>Whether anybody can.</summary>
    public bool IsOn => _directory is not null;

    /// <summary>Tries it; the answer to a request that succeeds carries a new session.</summary>
    public async Task<SignInOutcome> TryAsync(HttpContext context, string name, string password, CancellationToken ct)
    {
        var address = context.Connection.RemoteIpAddress;
        try
        {
            limits.Count(SignInName.Fold(name.Length > SignInName.Longest ? "" : name), address);
            var started = time.GetTimestamp();
            if (await FindAsync(name, password, ct) is not { } person)
            {
                await WaitUntilAsync(started, ct);
                log.WrongPassword(address);
                return new SignInOutcome(StatusCodes.Status401Unauthorized, "The name or the password is wrong.");
            }

            return await SignInAsync(context, person, address);
        }
        catch (TooManyTriesException e)
        {
            log.TooMany(address);
            context.Response.Headers.RetryAfter = e.RetryAfter;
            return new SignInOutcome(StatusCodes.Status429TooManyRequests, $"There were too many tries. Wait {e.RetryAfter} seconds.");
        }
        catch (DirectoryException e)
        {
            log.DirectoryFailed(e);
            return new SignInOutcome(StatusCodes.Status503ServiceUnavailable, "The directory does not answer. Try again in a moment.");
        }
    }

    public void Dispose() => _directory?.Dispose();

    private async Task<Person?> FindAsync(string name, string password, CancellationToken ct) =>
        SignInName.CanBe(name) && password.Length is > 0 and <= LongestPassword ? await _directory!.FindAsync(name, password, ct) : null;

    private async Task<SignInOutcome> SignInAsync(HttpContext context, Person person, IPAddress? address)
    {
        if (options.Roles.Of(person.Groups) is not { } role)
        {
            log.NoGroup(person.Id, address);
            return new SignInOutcome(StatusCodes.Status401Unauthorized, Refusals.NoGroup);
        }

        var until = time.GetUtcNow() + Session.Longest;
        await context.SignInAsync(Session.Scheme, Session.Begin(person, role, until, Session.Scheme), new AuthenticationProperties { ExpiresUtc = until });
        log.SignedIn("password", person.Id, role.ToString(), address);
        return new SignInOutcome(StatusCodes.Status303SeeOther, null);
    }

    private async Task WaitUntilAsync(long started, CancellationToken ct)
    {
        var left = s_refusalTakes - time.GetElapsedTime(started);
        if (left > TimeSpan.Zero)
            await Task.Delay(left, time, ct);
    }
}

/// <summary>What several ways of signing in say.</summary>
internal static class Refusals
{
    public const string NoGroup = "You are in no group that may use Subot. Ask whoever runs it to put you into one.";
}
