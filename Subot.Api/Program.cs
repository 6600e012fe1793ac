using Subot.Api;

return await ApiCommand.Create().Parse(args).InvokeAsync();
