using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Subot.Simulator.Exports;
using Subot.Simulator.Model;
using Subot.Simulator.SocketMode;
using Subot.Simulator.WebApi;
using Subot.Simulator.WorkspaceFiles;

namespace Subot.Simulator;

/// <summary>The command line of the executable.</summary>
internal static class SimulatorCommand
{
    private static readonly Option<int> Port = new("--port")
    {
        Description = "TCP port on the loopback interface; 0 for any free one",
        DefaultValueFactory = _ => 4300,
        CustomParser = given => Read<int>(given, port => port is >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort, "no port. Write for example 4300, or 0 for any free one."),
    };

    private static readonly Option<string?> WorkspacePath = new("--workspace") { Description = "YAML file with people and channels" };
    private static readonly Option<string?> ExportPath = new("--export") { Description = "Slack export, zip or folder, with its messages" };
    private static readonly Option<double> ClockScale = new("--clock-scale")
    {
        Description = "Divides the times of redelivery: 60 makes Slack's minute a second",
        DefaultValueFactory = _ => 1,
        CustomParser = given => Read<double>(given, scale => scale > 0 && double.IsFinite(scale), "no number above 0. Write for example 60."),
    };

    private static readonly Option<bool> RateLimits = new("--rate-limits") { Description = "Limit calls and posts as Slack does" };
    private static readonly Option<bool> SmallPages = new("--small-pages")
    {
        Description = "15 messages a page and one call a minute for history and replies, as for apps sold outside the Marketplace",
    };

    private static readonly Option<bool> FreePlan = new("--free-plan") { Description = "No user groups" };
    private static readonly Option<string> BotToken = new("--bot-token") { DefaultValueFactory = _ => new SimulatorOptions().BotToken };
    private static readonly Option<string> AppToken = new("--app-token") { DefaultValueFactory = _ => new SimulatorOptions().AppToken };
    private static readonly Option<string?> Scopes = new("--scopes") { Description = "Comma list of what the bot token may do; everything when absent" };
    private static readonly Option<int> Seed = new("--fault-seed")
    {
        Description = "Seed of the injected faults",
        DefaultValueFactory = _ => 1,
        CustomParser = given => Read<int>(given, _ => true, "no whole number. Write for example 1."),
    };

    private static readonly Option<bool> Verbose = new("--verbose") { Description = "Log each request" };

    public static RootCommand Create()
    {
        var command = new RootCommand("A local Slack workspace: Web API, Socket Mode and a page to chat in.")
        {
            Port, WorkspacePath, ExportPath, ClockScale, RateLimits, SmallPages, FreePlan, BotToken, AppToken, Scopes, Seed, Verbose,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(WorkspacePath) is not null && result.GetValue(ExportPath) is not null)
                result.AddError("Give either --workspace or --export.");
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        try
        {
            await using var simulator = await SimulatorServer.StartAsync(OptionsOf(arguments), cancellationToken);
            Console.WriteLine($"Chat:            {simulator.Url}");
            Console.WriteLine($"Slack API URL:   {simulator.ApiUrl}");
            Console.WriteLine($"Bot token:       {simulator.BotToken}");
            Console.WriteLine($"App-level token: {simulator.AppToken}");
            Console.WriteLine("Ctrl-C stops it.");
            await simulator.WaitAsync(cancellationToken);
            return 0;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException or SocketException)
        {
            Console.Error.WriteLine(exception.Message);
            return 1;
        }
    }

    /// <summary>A number; of what is none it is told what to write, where System.CommandLine would name a type.</summary>
    private static T Read<T>(ArgumentResult given, Func<T, bool> isRight, string otherwise)
        where T : struct, IParsable<T>
    {
        if (T.TryParse(given.Tokens[0].Value, CultureInfo.InvariantCulture, out var number) && isRight(number))
            return number;
        given.AddError($"{(given.Parent as OptionResult)?.Option.Name} {given.Tokens[0].Value} is {otherwise}");
        return default;
    }

    private static SimulatorOptions OptionsOf(ParseResult arguments) => new()
    {
        Port = arguments.GetValue(Port),
        Workspace = WorkspaceOf(arguments),
        BotToken = arguments.GetValue(BotToken)!,
        AppToken = arguments.GetValue(AppToken)!,
        Scopes = arguments.GetValue(Scopes)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? Tokens.AllScopes,
        SocketMode = new SocketModeOptions { ClockScale = arguments.GetValue(ClockScale) },
        Api = new ApiOptions
        {
            RateLimits = arguments.GetValue(RateLimits),
            SmallPages = arguments.GetValue(SmallPages),
            HasUserGroups = !arguments.GetValue(FreePlan),
        },
        FaultSeed = arguments.GetValue(Seed),
        LogLevel = arguments.GetValue(Verbose) ? LogLevel.Information : LogLevel.Warning,
    };

    private static Workspace WorkspaceOf(ParseResult arguments)
    {
        if (arguments.GetValue(ExportPath) is { } export)
            return ExportWorkspace.Load(export, withMessages: true);
        return arguments.GetValue(WorkspacePath) is { } file ? WorkspaceFile.Load(file) : WorkspaceFile.Sample();
    }
}
