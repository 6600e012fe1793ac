namespace Subot.Api.Contracts;

/// <summary>Who somebody is, as Slack or an import told it last.</summary>
/// <param name="Name">The name that most people see: the chosen one, else the full one, else the account's.</param>
/// <param name="Avatar">The address of a small picture; null if none is known.</param>
public sealed record NamedPerson(string Name, string? Avatar);
