using Subot.Domain;

namespace Subot.Storage;

/// <summary>Who somebody is. Texts that are not known are empty. A record of its own: facts name people by their ids alone.</summary>
/// <param name="AsOf">When it was so.</param>
public sealed record Person(UserId Id, Ts AsOf)
{
    /// <summary>The account's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The full name.</summary>
    public string RealName { get; init; } = "";

    /// <summary>The first name.</summary>
    public string FirstName { get; init; } = "";

    /// <summary>The last name.</summary>
    public string LastName { get; init; } = "";

    /// <summary>The chosen name, which most people see.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>The address.</summary>
    public string Email { get; init; } = "";

    /// <summary>The URL of a small picture.</summary>
    public string Image32 { get; init; } = "";

    /// <summary>The URL of a large picture.</summary>
    public string Image512 { get; init; } = "";

    /// <summary>The user of an app.</summary>
    public bool IsBot { get; init; }
}
