using System.CommandLine;
using NUnit.Framework;
using Subot.Bot.Commands;
using Subot.Demo;
using Subot.Simulator;

namespace Subot.Tests.EndToEnd;

/// <summary>Values of options that are none are told with an example of one, and no type is named.</summary>
internal sealed class OptionTests
{
    private static IEnumerable<TestCaseData> Wrong =>
    [
        new(PrivacyCommand.Create(), "forget --before yesterday", "--before yesterday is no day. Write for example 2026-01-31."),
        new(PrivacyCommand.Create(), "forget --before 31/01/2026", "--before 31/01/2026 is no day. Write for example 2026-01-31."),
        new(SettingsCommand.Create(), "log --limit few", "--limit few is no number of versions. Write for example 10."),
        new(SettingsCommand.Create(), "log --limit 0", "--limit 0 is no number of versions. Write for example 10."),
        new(DemoCommand.Create(), "--port x", "--port x is no port. Write a number from 1 to 65535, or 0 for any free one."),
        new(DemoCommand.Create(), "--api-port 65536", "--api-port 65536 is no port. Write a number from 1 to 65535, or 0 for any free one."),
        new(SimulatorCommand.Create(), "--port 99999", "--port 99999 is no port. Write for example 4300, or 0 for any free one."),
        new(SimulatorCommand.Create(), "--clock-scale 0", "--clock-scale 0 is no number above 0. Write for example 60."),
        new(SimulatorCommand.Create(), "--fault-seed one", "--fault-seed one is no whole number. Write for example 1."),
    ];

    [TestCaseSource(nameof(Wrong))]
    public void It_is_told_what_to_write(Command command, string arguments, string said) =>
        Assert.That(command.Parse(arguments).Errors.Select(e => e.Message), Is.EqualTo([said]));
}
