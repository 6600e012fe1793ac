namespace Subot.Simulator.Model;

/// <summary>A small company with a help channel: what the simulator starts with when nothing else is given.</summary>
public static class SampleWorkspace
{
    /// <summary>The channel people ask in.</summary>
    public const string HelpChannel = "C0HELP0001";

    /// <summary>The people who answer there.</summary>
    public static readonly string[] Team = ["U0ALICE001", "U0BRUNO001", "U0CHLOE001"];

    private static readonly Person[] Everyone =
    [
        new() { Id = "U0ALICE001", Name = "alice", RealName = "Alice Martin", Title = "Developer tools", IsAdmin = true },
        new() { Id = "U0BRUNO001", Name = "bruno", RealName = "Bruno Petit", Title = "Developer tools" },
        new() { Id = "U0CHLOE001", Name = "chloe", RealName = "Chloé Durand", Title = "Developer tools" },
        new() { Id = "U0DAVID001", Name = "david", RealName = "David Novak", Title = "Payments" },
        new() { Id = "U0EMMA0001", Name = "emma", RealName = "Emma Schulz", Title = "Mobile" },
        new() { Id = "U0FARID001", Name = "farid", RealName = "Farid Haddad", Title = "Data" },
        new() { Id = "U0GRETA001", Name = "greta", RealName = "Greta Lindqvist", Title = "Design" },
    ];

    public static Workspace Create(AppIdentity app, TimeProvider time)
    {
        var workspace = new Workspace(app, time);
        foreach (var person in Everyone)
            workspace.Add(person);
        var all = Everyone.Select(person => person.Id).ToArray();
        workspace.Add(new Channel(HelpChannel, "help", ChannelKind.Public) { Purpose = "Ask the tools team" }, [app.BotUserId, .. all]);
        workspace.Add(new Channel("C0GENERAL1", "general", ChannelKind.Public) { IsGeneral = true }, all);
        workspace.Add(new Channel("C0RANDOM01", "random", ChannelKind.Public), all);
        workspace.Add(new Channel("C0TEAM0001", "tools-team", ChannelKind.Private), Team);
        workspace.Add(new UserGroup { Id = "S0TOOLS001", Handle = "tools", Name = "Tools team", Users = [.. Team] });
        return workspace;
    }
}
