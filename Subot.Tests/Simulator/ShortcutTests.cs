using NUnit.Framework;
using Subot.Simulator;
using Subot.Simulator.Model;
using Subot.Simulator.WorkspaceFiles;

namespace Subot.Tests.Simulator;

/// <summary>Shortcuts on messages and without.</summary>
public sealed class ShortcutTests : SimulatorFixture
{
    [Test]
    public async Task A_message_shortcut_tells_the_message_its_place_and_how_to_answer()
    {
        using var socket = await ConnectAsync();
        var message = Simulator.Workspace.Post(Ann, Help, "How do I get in?");
        await socket.TakeEventAsync(Limit);

        var (payload, outcome) = await AnswerAsync(socket, Simulator.Interactions.MessageShortcutAsync(Bob, Help, message.Ts, "solve", Limit));

        Assert.That(outcome.Error, Is.Null);
        Assert.That(payload["type"]!.GetValue<string>(), Is.EqualTo("message_action"));
        Assert.That(payload["callback_id"]!.GetValue<string>(), Is.EqualTo("solve"));
        Assert.That(payload["message"]!["text"]!.GetValue<string>(), Is.EqualTo("How do I get in?"));
        Assert.That(payload["channel"]!["id"]!.GetValue<string>(), Is.EqualTo(Help));
        Assert.That(payload["user"]!["id"]!.GetValue<string>(), Is.EqualTo(Bob));
        var opened = await CallAsync("views.open", Parse($$$"""
            {"trigger_id":"{{{payload["trigger_id"]}}}","view":{"type":"modal","title":{"type":"plain_text","text":"Solve"},"blocks":[]}}
            """));
        Assert.That(opened["ok"]!.GetValue<bool>(), Is.True);
        using var answer = new StringContent("""{"text":"Done"}""");
        using var told = await Http.PostAsync(payload["response_url"]!.GetValue<string>(), answer, Limit);
        Assert.That(Simulator.Ephemerals.All.Single().User, Is.EqualTo(Bob));
    }

    [Test]
    public async Task A_global_shortcut_has_a_person_and_a_trigger_alone()
    {
        using var socket = await ConnectAsync();

        var (payload, _) = await AnswerAsync(socket, Simulator.Interactions.GlobalShortcutAsync(Bob, "ask", Limit));

        Assert.That(payload["type"]!.GetValue<string>(), Is.EqualTo("shortcut"));
        Assert.That(payload["trigger_id"]!.GetValue<string>(), Is.Not.Empty);
        Assert.That(payload.ContainsKey("channel") || payload.ContainsKey("response_url"), Is.False);
    }

    [Test]
    public async Task A_shortcut_that_is_not_declared_does_not_exist()
    {
        var message = Simulator.Workspace.Post(Ann, Help, "hello");

        Assert.That((await Simulator.Interactions.MessageShortcutAsync(Bob, Help, message.Ts, "ask", Limit)).Error, Is.EqualTo("no_such_shortcut"));
        Assert.That((await Simulator.Interactions.GlobalShortcutAsync(Bob, "solve", Limit)).Error, Is.EqualTo("no_such_shortcut"));
    }

    [Test]
    public void A_workspace_file_declares_them()
    {
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, Guid.NewGuid() + ".yaml");
        File.WriteAllText(file, "shortcuts: [{name: Solve, callback_id: solve}, {name: Ask, callback_id: ask, global: true}]");
        try
        {
            Assert.That(WorkspaceFile.Load(file).App.Shortcuts, Is.EqualTo(new Shortcut[] { new("Solve", "solve"), new("Ask", "ask", IsGlobal: true) }));
        }
        finally
        {
            File.Delete(file);
        }
    }

    protected override SimulatorOptions Configure(SimulatorOptions options) => options with
    {
        Workspace = WorkspaceFile.Sample(new AppIdentity { Shortcuts = [new("Mark as solved", "solve"), new("Ask the team", "ask", IsGlobal: true)] }, Clock),
    };
}
