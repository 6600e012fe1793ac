using Subot.Bot.Commands;
using Subot.Demo;

CommonOptions.KeepLinesWhole();

return await DemoCommand.Create().Parse(args).InvokeAsync();
