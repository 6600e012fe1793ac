using Subot.Simulator.Model;
using Subot.Simulator.WorkspaceFiles;

namespace Subot.Demo.Sample;

/// <summary>A small company with a help channel, and what was asked there in the last days.</summary>
internal static class SampleWorkspace
{
    public const string Help = "C0HELP0001";

    /// <summary>Somebody who asks.</summary>
    public const string David = "U0DAVID001";

    /// <summary>A member of the team.</summary>
    public const string Bruno = "U0BRUNO001";

    private const string Alice = "U0ALICE001";
    private const string Chloe = "U0CHLOE001";
    private const string Emma = "U0EMMA0001";
    private const string Farid = "U0FARID001";
    private const string Greta = "U0GRETA001";

    private static readonly Conversation[] s_past =
    [
        new(Farid, Ago(days: 5, hours: 20), "The nightly import of the warehouse fails with `exit code 137`. Did anything change?", Solvers: [Farid], Replies:
        [
            new(Chloe, 11, "137 is out of memory: the limit of that job went down on Friday. I have put it back, please run it again."),
            new(Farid, 52, "Passed. Thank you!"),
        ]),
        new(Greta, Ago(days: 5, hours: 1), "How do I get access to the staging site? The form asks for a team code.", Solvers: [Bruno], Replies:
        [
            new(Bruno, 4, "Yours is `DSGN-7`. You should be in within a few minutes."),
            new(Greta, 9, "I'm in :tada:"),
        ]),
        new(Alice, Ago(days: 4, hours: 2), "For information: the build servers are updated tonight at 20:00, expect ten minutes of queueing.", Solvers: [], Replies: []),
        new(Emma, Ago(days: 3, hours: 4), "The app does not build on my new laptop: `SDK location not found`.", Solvers: [Emma], Replies:
        [
            new(Bruno, 23, "Is `ANDROID_HOME` set?"),
            new(Emma, 31, "No... it is now, but the emulator does not start."),
            new(Alice, 96, "Switch virtualisation on in the BIOS, the new laptops come with it off."),
            new(Emma, 140, "That was it, thanks"),
        ]),
        new(David, Ago(days: 1, hours: 5), "Can somebody rotate the key of the payments sandbox? Ours runs out next week.", Solvers: [], Replies:
        [
            new(Chloe, 38, "Sure. Do you need the old one to work for a while longer?"),
            new(David, 44, "No, the new one is enough. Next week is soon, though."),
        ]),
        new(Farid, Ago(days: 1, hours: 2), "Is there a way to see who triggered a pipeline?", Solvers: [Chloe], Replies:
        [
            new(Chloe, 7, "Yes: the third column of the pipeline's page, or `pipe log --who`."),
        ]),
        new(Greta, Ago(days: 0, hours: 1.2), "My preview links have been answering 502 since this morning. Is it only me?", Solvers: [], Replies: []),
    ];

    /// <summary>Makes it.</summary>
    /// <param name="withPast">Whether something was asked before.</param>
    public static DemoPlace Create(bool withPast, TimeProvider time)
    {
        var workspace = WorkspaceFile.Sample(DemoPlace.App, time);
        if (withPast)
        {
            foreach (var conversation in s_past)
                conversation.Write(workspace, time.GetUtcNow());
        }

        return new DemoPlace(workspace, [Help], [Alice, Bruno, Chloe]);
    }

    private static TimeSpan Ago(int days, double hours) => TimeSpan.FromDays(days) + TimeSpan.FromHours(hours);

    /// <summary>A thread of the past.</summary>
    /// <param name="Solvers">Who put the emoji on its first message.</param>
    private sealed record Conversation(string Author, TimeSpan Ago, string Text, string[] Solvers, Reply[] Replies)
    {
        public void Write(Workspace workspace, DateTimeOffset now)
        {
            var began = now - Ago;
            var root = workspace.Post(Author, Help, Text, ts: Ts.From(began));
            foreach (var reply in Replies)
                workspace.Post(reply.Author, Help, reply.Text, root.Ts, Ts.From(began.AddMinutes(reply.Minutes)));
            foreach (var solver in Solvers)
                workspace.React(solver, Help, root.Ts, "heavy_check_mark");
        }
    }

    /// <summary>A reply so many minutes after the first message.</summary>
    private sealed record Reply(string Author, double Minutes, string Text);
}
