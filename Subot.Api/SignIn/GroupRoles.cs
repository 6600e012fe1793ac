using Subot.Api.Access;
using Subot.Hosting.Configuration;

namespace Subot.Api.SignIn;

/// <summary>What the members of which groups may do.</summary>
/// <param name="Viewers">None: whoever is in any group may look.</param>
internal sealed record GroupRoles(IReadOnlyList<string> Admins, IReadOnlyList<string> Agents, IReadOnlyList<string> Viewers)
{
    /// <summary>Nobody signs in, so nobody is asked for groups.</summary>
    public static GroupRoles Nobody { get; } = new([], [], []);

    /// <summary>Reads the parameters.</summary>
    public static GroupRoles Read(ParameterReader from)
    {
        from.Required("DEX_ADMIN_GROUP", "the group whose members are admins", "support-admins");
        return new GroupRoles(from.List("DEX_ADMIN_GROUP"), from.List("DEX_AGENT_GROUP"), from.List("DEX_VIEWER_GROUP"));
    }

    /// <summary>What somebody of these groups may do; null: not even sign in.</summary>
    public Role? Of(IReadOnlyCollection<string> groups)
    {
        if (groups.Any(Admins.Contains))
            return Role.Admin;
        if (groups.Any(Agents.Contains))
            return Role.Agent;
        return groups.Any(g => Viewers.Count == 0 || Viewers.Contains(g)) ? Role.Viewer : null;
    }
}
