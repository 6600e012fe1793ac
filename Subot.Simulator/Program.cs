using Subot.Simulator;

return await SimulatorCommand.Create().Parse(args).InvokeAsync();
