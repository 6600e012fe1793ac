using System.Net;

namespace Subot.Api.SignIn;

/// <summary>
/// Who signed in, who did not, and why: a line each. A name that nobody has is not written: sometimes it is a password in the wrong field.
/// </summary>
internal sealed partial class SignInLog(ILogger<SignInLog> log)
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Signed in by {Way}: {UserId} as {Role}, from {Address}")]
    public partial void SignedIn(string way, string userId, string role, IPAddress? address);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sign-in refused: {UserId} is in no group that may, from {Address}")]
    public partial void NoGroup(string userId, IPAddress? address);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sign-in refused: wrong name or password, from {Address}")]
    public partial void WrongPassword(IPAddress? address);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sign-in refused: too many tries, from {Address}")]
    public partial void TooMany(IPAddress? address);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sign-in refused: the issuer's answer is not accepted, from {Address}: {Reason}")]
    public partial void BadCallback(IPAddress? address, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Bearer token refused, from {Address}: {Reason}")]
    public partial void BadToken(IPAddress? address, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The directory does not answer as it should")]
    public partial void DirectoryFailed(Exception e);

    [LoggerMessage(Level = LogLevel.Error, Message = "The issuer does not answer as it should")]
    public partial void IssuerFailed(Exception e);

    [LoggerMessage(Level = LogLevel.Information, Message = "Signed out: {UserId}")]
    public partial void SignedOut(string userId);
}
