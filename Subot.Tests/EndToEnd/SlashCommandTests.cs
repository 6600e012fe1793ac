using NUnit.Framework;
using Subot.Demo.Sample;

namespace Subot.Tests.EndToEnd;

/// <summary>What people can type in the sample workspace: it has six requests of the last week, four of them solved.</summary>
public sealed class SlashCommandTests
{
    private DemoRun _demo = null!;

    [OneTimeSetUp]
    public async Task StartAsync() =>
        _demo = await DemoRun.StartAsync(SampleWorkspace.Create(withPast: true, TimeProvider.System), ("SUBOT_TIME_ZONE", "UTC"));

    [OneTimeTearDown]
    public async Task StopAsync() => await _demo.DisposeAsync();

    [TestCase("/subot stats 7d", "The last 7 days in <#C0HELP0001>", "Requests: *6* · solved: *4* (67%) · open: *2*", "(5 answered, 1 waiting)")]
    [TestCase("/subot stats 30d", "The last 30 days in <#C0HELP0001>", "Requests: *6* · solved: *4* (67%) · open: *2*", "(5 answered, 1 waiting)")]
    [TestCase("/subot stats week", "This week in <#C0HELP0001>", "Requests: *", "First response: ")]
    [TestCase("/subot stats month", "This month in <#C0HELP0001>", "Requests: *", "First response: ")]
    [TestCase("/subot stats", "The last 7 days", "Response target: ", "(UTC)")]
    [TestCase("/subot help", "What you can ask me", "/subot stats", "/subot help")]
    [TestCase("/subot", "What you can ask me", "/subot stats", "/subot help")]
    [TestCase("/subot stats yesterday", "Yesterday in <#C0HELP0001>", "Requests: *", "First response: ")]
    [TestCase("/subot stats yestreday", "'yestreday' is no period", "Did you mean `yesterday`?", "7d")]
    [TestCase("/subot sing", "There is no command 'sing'", "/subot help", "")]
    public async Task A_command_is_answered_to_the_person_alone(string typed, params string[] says)
    {
        var known = _demo.Simulator.Ephemerals.All.Count;

        var outcome = await _demo.Simulator.Interactions.SlashCommandAsync(SampleWorkspace.David, SampleWorkspace.Help, typed, _demo.Limit);

        Assert.That(outcome.Error, Is.Null, "answered within Slack's 3 seconds");
        var shown = _demo.Simulator.Ephemerals.All.Skip(known).ToList();
        Assert.That(shown.Select(e => (e.ChannelId, e.User)), Is.EqualTo(new[] { (SampleWorkspace.Help, SampleWorkspace.David) }));
        foreach (var words in says)
            Assert.That(shown[0].Body["text"]!.GetValue<string>(), Does.Contain(words));
    }
}
