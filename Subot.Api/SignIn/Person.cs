namespace Subot.Api.SignIn;

/// <summary>Somebody whom the directory or the issuer knows.</summary>
/// <param name="Id">Which it never gives to somebody else.</param>
/// <param name="UserName">The name that they type; empty where it is not told.</param>
/// <param name="Name">As people call them; empty where it is not told.</param>
internal sealed record Person(string Subject, string Id, string UserName, string Name, string Email, IReadOnlyList<string> Groups);
