using System.Text.Json.Nodes;
using Subot.Simulator.Model;
using Subot.Simulator.SocketMode;

namespace Subot.Simulator.Faults;

/// <summary>While the fault "unfurl" is set: a second after a message with a link, Slack changes it to show a preview.</summary>
internal sealed class Unfurls(Workspace workspace, FaultBox faults, Deadlines<Action> later)
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);

    public void Start() => workspace.Written += (channel, message) =>
    {
        if (faults.Settings.Unfurl && message.Text.Contains("<http", StringComparison.Ordinal))
            later.Add(() => Unfurl(channel, message), Delay);
    };

    private void Unfurl(Channel channel, Message message) =>
        workspace.Change(null, channel.Id, message.Ts, body => body["attachments"] = new JsonArray(new JsonObject
        {
            ["id"] = 1,
            ["title"] = "A page",
            ["text"] = "What it says",
            ["fallback"] = "A page",
            ["from_url"] = LinkIn(message.Text),
        }));

    private static string LinkIn(string text)
    {
        var start = text.IndexOf("<http", StringComparison.Ordinal) + 1;
        var end = text.AsSpan(start).IndexOfAny('|', '>');
        return end < 0 ? text[start..] : text.Substring(start, end);
    }
}
