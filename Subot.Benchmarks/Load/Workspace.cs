using System.Text;

namespace Subot.Benchmarks.Load;

/// <summary>The ids of the workspace whose events are sent.</summary>
internal static class Workspace
{
    public const string BotUser = "U0SUBOT0001";
    public const string AppToken = "xapp-1-A0LOAD00000-1-load";
    public const string BotToken = "xoxb-load";

    public static IReadOnlyList<string> Channels { get; } = [.. Enumerable.Range(1, 10).Select(i => $"C0LOAD{i:D5}")];

    public static IReadOnlyList<string> Team { get; } = [.. Enumerable.Range(1, 8).Select(i => $"U0TEAM{i:D5}")];

    public static IReadOnlyList<string> Askers { get; } = [.. Enumerable.Range(1, 5000).Select(i => $"U0ASK{i:D6}")];

    public static byte[][] Bytes(IReadOnlyList<string> ids) => [.. ids.Select(Encoding.ASCII.GetBytes)];
}
