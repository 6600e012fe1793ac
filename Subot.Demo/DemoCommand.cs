using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Spectre.Console;
using Subot.Bot.Commands;
using Subot.Demo.Exports;
using Subot.Demo.Sample;
using Subot.Hosting;
using Subot.Hosting.Configuration;
using Subot.Hosting.Telemetry;
using Subot.Storage;

namespace Subot.Demo;

/// <summary>The command line of the demo.</summary>
internal static class DemoCommand
{
    private static readonly Option<int> s_port = Port("--port", "the workspace's page");
    private static readonly Option<int> s_apiPort = Port("--api-port", "the API");
    private static readonly Option<string?> s_data = new("--data") { Description = "New folder for the bot's store (default: a temporary one, deleted at the end)", HelpName = "DIR" };
    private static readonly Option<bool> s_empty = new("--empty") { Description = "Begin without past conversations" };
    private static readonly Option<string?> s_export = new("--export") { Description = "Play a Slack export, zip or folder, through the bot", HelpName = "PATH" };
    private static readonly Option<string[]> s_channels = new("--channel") { Description = "Channels of the export to play (default: all)", HelpName = "NAME", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string?> s_team = new("--team") { Description = "User ids of the export's team, with commas", HelpName = "USERID,..." };
    private static readonly Option<string?> s_speed = new("--speed") { Description = "Messages played per second, or max (the default)", HelpName = "N|max" };
    private static readonly Option<bool> s_exit = new("--exit") { Description = "End when the export is played" };

    public static RootCommand Create()
    {
        var command = new RootCommand("Subot in a Slack workspace on this machine: nothing to set up, nothing leaves it.")
        {
            s_port, s_apiPort, s_data, s_empty, s_export, s_channels, s_team, s_speed, s_exit,
        };
        command.Validators.Add(Validate);
        command.SetAction(RunAsync);
        return command;
    }

    private static Option<int> Port(string name, string whose) => new Option<int>(name) { Description = $"Port of {whose} (default: any free one)", HelpName = "PORT" }
        .AsNumber(IPEndPoint.MinPort, IPEndPoint.MaxPort, $"no port. Write a number from 1 to {IPEndPoint.MaxPort}, or 0 for any free one.");

    private static void Validate(CommandResult given)
    {
        if (PlaySpeed.Parse(given.GetValue(s_speed)) is null)
            given.AddError($"--speed {given.GetValue(s_speed)} is no number of messages per second. Write for example 50, or max.");
        if (given.GetValue(s_export) is not null && given.GetValue(s_empty))
            given.AddError("--empty is for the sample workspace: leave it out with --export.");
        if (given.GetValue(s_export) is not null)
            return;
        foreach (var option in (Option[])[s_channels, s_team, s_speed, s_exit])
        {
            if (given.GetResult(option) is { Implicit: false })
                given.AddError($"{option.Name} needs --export.");
        }
    }

    /// <summary>Runs the demo; what people can mend is told in one message, with exit code 1.</summary>
    private static async Task<int> RunAsync(ParseResult given, CancellationToken ct)
    {
        try
        {
            using var folder = DemoFolder.Open(given.GetValue(s_data));
            await (given.GetValue(s_export) is { } export ? PlayAsync(export, folder, given, ct) : ShowAsync(folder, given, ct));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            AnsiConsole.WriteLine("Stopped.");
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or StartRefusedException or ConfigurationException or StoreException)
        {
            await Console.Error.WriteLineAsync("demo: " + e.Message);
            return 1;
        }

        return 0;
    }

    private static async Task ShowAsync(DemoFolder folder, ParseResult given, CancellationToken ct)
    {
        var place = SampleWorkspace.Create(withPast: !given.GetValue(s_empty), TimeProvider.System);
        await SampleSettings.WriteAsync(folder.Path, place.Team, TimeProvider.System, ct);
        await using var demo = await StartAsync(place, folder, given, ct);
        Welcome.ToSample(demo.Simulator, demo.ApiUrl, folder.Path);
        await demo.WaitAsync(ct);
    }

    private static async Task PlayAsync(string path, DemoFolder folder, ParseResult given, CancellationToken ct)
    {
        var played = PlayedExport.Load(path, given.GetValue(s_channels) ?? [], given.GetValue(s_team), TimeProvider.System);
        await using var demo = await StartAsync(played.Place, folder, given, ct);
        var speed = PlaySpeed.Parse(given.GetValue(s_speed)) ?? PlaySpeed.Max;
        await PlayProgress.ShowAsync(new ExportPlayer(demo.Simulator, speed, TimeProvider.System), played.Steps, ct);
        Welcome.ToExport(demo.Simulator, demo.ApiUrl, played, folder.Path);
        if (!given.GetValue(s_exit))
            await demo.WaitAsync(ct);
    }

    private static async Task<RunningDemo> StartAsync(DemoPlace place, DemoFolder folder, ParseResult given, CancellationToken ct)
    {
        var port = given.GetValue(s_port);
        try
        {
            return await RunningDemo.StartAsync(
                place, port, given.GetValue(s_apiPort), folder.Path, Environment.GetEnvironmentVariable, logging => logging.AddPlainConsole().SetMinimumLevel(LogLevel.Warning), ct);
        }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw new IOException($"Port {port} is taken. Name another with --port, or leave it out for any free one.", e);
        }
        catch (SocketException e)
        {
            throw new IOException($"The workspace's page cannot be at port {port}: {e.Message}. Name another with --port, or leave it out for any free one.", e);
        }
    }
}
