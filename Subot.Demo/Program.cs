using Spectre.Console;
using Subot.Bot.Commands;
using Subot.Demo;

// As the bot's commands: addresses stay whole for whoever reads them from a file.
if (Console.IsOutputRedirected)
    AnsiConsole.Profile.Width = CommonOptions.NoWidth;

return await DemoCommand.Create().Parse(args).InvokeAsync();
