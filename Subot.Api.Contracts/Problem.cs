namespace Subot.Api.Contracts;

/// <summary>Why a request is refused (RFC 9457).</summary>
/// <param name="Title">The status in words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong, and what to change.</param>
/// <param name="Errors">The same, one by one.</param>
public sealed record Problem(string Title, int Status, string Detail, IReadOnlyList<string> Errors);
