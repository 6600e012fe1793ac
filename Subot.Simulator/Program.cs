using Subot.Simulator;

await using var simulator = await SimulatorServer.StartAsync(new SimulatorOptions { Port = 4300, LogLevel = LogLevel.Warning }, CancellationToken.None);
Console.WriteLine($"{simulator.Url}  {simulator.BotToken}  {simulator.AppToken}");
await simulator.WaitAsync(CancellationToken.None);
return 0;
