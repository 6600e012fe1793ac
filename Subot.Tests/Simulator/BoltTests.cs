using System.Diagnostics;
using NUnit.Framework;
using Subot.Simulator;
using Subot.Simulator.Model;

namespace Subot.Tests.Simulator;

/// <summary>The official @slack/bolt connects to the simulator as to Slack, and answers.</summary>
public sealed class BoltTests
{
    private const string Help = "C0HELP0001";
    private const string Ann = "U0DAVID001";
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    [Test]
    public async Task Bolt_answers_a_message_in_its_thread_a_command_and_a_button()
    {
        using var limit = new CancellationTokenSource(Longest);
        var folder = await InstallAsync(limit.Token);
        await using var simulator = await SimulatorServer.StartAsync(new SimulatorOptions(), limit.Token);
        using var bolt = Start("node", folder, "answer.js", simulator);
        try
        {
            Assert.That(await bolt.StandardOutput.ReadLineAsync(limit.Token), Is.EqualTo("ready"), () => bolt.StandardError.ReadToEnd());

            var channel = simulator.Workspace.FindChannel(Help)!;
            var question = simulator.Workspace.Post(Ann, Help, "ping anyone?");
            var answer = await SeenAsync(simulator, () => FirstReply(channel, question.Ts), limit.Token);
            Assert.That((answer.Text, answer.Author), Is.EqualTo(($"pong <@{Ann}>", simulator.App.BotUserId)));

            var echoed = await simulator.Interactions.SlashCommandAsync(Ann, Help, "/echo hello", limit.Token);
            Assert.That(echoed.Error, Is.Null);
            Assert.That(simulator.Ephemerals.Find(echoed.Ts)!.Body["text"]!.GetValue<string>(), Is.EqualTo("You said hello"));

            var pressed = await simulator.Interactions.PressButtonAsync(Ann, Help, answer.Ts, "press", limit.Token);
            Assert.That(pressed.Error, Is.Null);
            await SeenAsync(simulator, () => answer.Text == "Pressed" ? answer : null, limit.Token);
        }
        finally
        {
            bolt.Kill(entireProcessTree: true);
            await bolt.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static Message? FirstReply(Channel channel, string thread) =>
        channel.RepliesTo(thread) is { Log.Count: > 0 } replies ? replies.Log[0] : null;

    /// <summary>What the look finds, as soon as the workspace shows it.</summary>
    private static async Task<T> SeenAsync<T>(SimulatorServer simulator, Func<T?> look, CancellationToken cancellationToken)
        where T : class
    {
        var seen = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look()
        {
            if (look() is { } found)
                seen.TrySetResult(found);
        }
        simulator.Workspace.Shown += _ => Look();
        lock (simulator.Workspace.Gate)
            Look();
        return await seen.Task.WaitAsync(cancellationToken);
    }

    /// <summary>The folder of the script with its packages; skips the test where there is no Node.</summary>
    private static async Task<string> InstallAsync(CancellationToken cancellationToken)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Simulator", "bolt");
        try
        {
            using var node = Start("node", folder, "--version", null);
            await node.WaitForExitAsync(cancellationToken);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            TestData.SkipUnlessCi("needs Node.js, which is not installed");
        }
        if (Directory.Exists(Path.Combine(folder, "node_modules", "@slack", "bolt")))
            return folder;
        using var npm = Start("npm", folder, "ci --no-audit --no-fund", null);
        var problems = npm.StandardError.ReadToEndAsync(cancellationToken);
        await npm.StandardOutput.ReadToEndAsync(cancellationToken);
        await npm.WaitForExitAsync(cancellationToken);
        if (npm.ExitCode != 0)
            TestData.SkipUnlessCi("npm could not install @slack/bolt: " + await problems);
        return folder;
    }

    private static Process Start(string program, string folder, string arguments, SimulatorServer? simulator)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (simulator is not null)
        {
            start.Environment["SLACK_API_URL"] = simulator.ApiUrl.ToString();
            start.Environment["BOT_TOKEN"] = simulator.BotToken;
            start.Environment["APP_TOKEN"] = simulator.AppToken;
        }
        return Process.Start(start)!;
    }
}
