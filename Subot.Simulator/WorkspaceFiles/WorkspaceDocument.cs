namespace Subot.Simulator.WorkspaceFiles;

/// <summary>What a workspace file says; sample.yaml shows all of it.</summary>
internal sealed class WorkspaceDocument
{
    public TeamEntry Team { get; set; } = new();
    public AppEntry App { get; set; } = new();
    public List<UserEntry> Users { get; set; } = [];
    public List<ChannelEntry> Channels { get; set; } = [];
    public List<GroupEntry> Groups { get; set; } = [];
    public List<ShortcutEntry> Shortcuts { get; set; } = [];

    internal sealed class TeamEntry
    {
        public string? Id { get; set; }
        public string? Name { get; set; }
        public string? Domain { get; set; }
    }

    internal sealed class AppEntry
    {
        public string? Id { get; set; }
        public string? Name { get; set; }
        public string? UserId { get; set; }
        public string? BotId { get; set; }
    }

    internal sealed class UserEntry
    {
        public string? Id { get; set; }
        public string? Name { get; set; }
        public string? RealName { get; set; }
        public string? Email { get; set; }
        public string? Title { get; set; }
        public string? TimeZone { get; set; }
        public bool Admin { get; set; }
        public bool Owner { get; set; }
        public bool Bot { get; set; }
    }

    internal sealed class ChannelEntry
    {
        public string? Id { get; set; }
        public string? Name { get; set; }
        public string? Topic { get; set; }
        public string? Purpose { get; set; }
        public bool Private { get; set; }
        public bool Archived { get; set; }
        public bool General { get; set; }
        public List<string>? Members { get; set; }
    }

    internal sealed class ShortcutEntry
    {
        public string? Name { get; set; }
        public string? CallbackId { get; set; }
        public bool Global { get; set; }
    }

    internal sealed class GroupEntry
    {
        public string? Id { get; set; }
        public string? Handle { get; set; }
        public string? Name { get; set; }
        public List<string> Users { get; set; } = [];
    }
}
