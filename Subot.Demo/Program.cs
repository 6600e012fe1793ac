using Subot.Demo;

return await DemoCommand.Create().Parse(args).InvokeAsync();
