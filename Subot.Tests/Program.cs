using Subot.Tests.Faults;

// The test runner loads this as a library. Run as a program it is a bot that kills itself where a test says.
return args is ["bot", .. var options] ? await KilledBot.RunAsync(options) : 2;
