namespace Subot.Tests.EndToEnd;

/// <summary>An export of two messages.</summary>
internal static class SmallExport
{
    /// <summary>Who wrote the first one: an id as long as they get.</summary>
    public const string Author = "U0WITHANIDTHATISLONGERTHANUSUAL";

    public static void Write(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "help"));
        File.WriteAllText(Path.Combine(folder, "channels.json"), """[{"id":"C0HELP0001","name":"help"}]""");
        File.WriteAllText(Path.Combine(folder, "users.json"), $$$"""[{"id":"{{{Author}}}","name":"ann","profile":{"real_name":"Ann"}}]""");
        File.WriteAllText(Path.Combine(folder, "help", "2026-01-05.json"), $$"""
            [{"type":"message","user":"{{Author}}","text":"The printer is on fire","ts":"1767600000.000100"},
             {"type":"message","user":"U0BOB","text":"The scanner too","ts":"1767600001.000100"}]
            """);
    }
}
