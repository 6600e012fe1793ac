using System.Text.Json.Nodes;
using NUnit.Framework;
using Subot.Simulator.Interactions;

namespace Subot.Tests.Simulator;

/// <summary>Slash commands, buttons, response URLs and modals.</summary>
public sealed class InteractionTests : SimulatorFixture
{
    [Test]
    public async Task The_answer_to_a_slash_command_is_seen_by_its_person_alone()
    {
        using var socket = await ConnectAsync();
        var asked = Simulator.Interactions.SlashCommandAsync(Ann, Help, "/weather in Paris", Limit);
        var envelope = (await socket.ReceiveAsync(Limit))!;
        await socket.AckAsync(envelope, Limit, new JsonObject { ["text"] = "Sunny" });
        var outcome = await asked;

        Assert.That(envelope["payload"]!["command"]!.GetValue<string>(), Is.EqualTo("/weather"));
        Assert.That(envelope["payload"]!["text"]!.GetValue<string>(), Is.EqualTo("in Paris"));
        Assert.That(Simulator.Ephemerals.Find(outcome.Ts)!.User, Is.EqualTo(Ann));
        Assert.That((await CallAsync("conversations.history", new JsonObject { ["channel"] = Help }))["messages"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task A_command_without_an_answer_in_3_s_fails_and_is_not_sent_again()
    {
        using var socket = await ConnectAsync();
        var asked = Simulator.Interactions.SlashCommandAsync(Ann, Help, "/weather", Limit);
        var envelope = (await socket.ReceiveAsync(Limit))!;
        Clock.Advance(TimeSpan.FromSeconds(3.1));

        Assert.That((await asked).Error, Is.EqualTo("operation_timeout"));
        await socket.AckAsync(envelope, Limit, new JsonObject { ["text"] = "late" });
        Assert.That(Simulator.Ephemerals.All.Single().Body["text"]!.GetValue<string>(), Does.Contain("operation_timeout"));
    }

    [Test]
    public async Task A_command_without_an_app_fails_at_once() =>
        Assert.That((await Simulator.Interactions.SlashCommandAsync(Ann, Help, "/weather", Limit)).Error, Is.EqualTo("dispatch_failed"));

    [Test]
    public async Task A_pressed_button_replaces_its_message_through_the_response_url_which_ends_after_five_uses()
    {
        using var socket = await ConnectAsync();
        var ts = (await CallAsync("chat.postMessage", WithButton()))["ts"]!.GetValue<string>();
        await socket.TakeEventAsync(Limit);
        var pressed = Simulator.Interactions.PressButtonAsync(Ann, Help, ts, "go", Limit);
        var envelope = (await socket.ReceiveAsync(Limit))!;
        await socket.AckAsync(envelope, Limit);
        await pressed;
        var payload = envelope["payload"]!;
        var url = payload["response_url"]!.GetValue<string>();

        Assert.That(payload["actions"]![0]!["value"]!.GetValue<string>(), Is.EqualTo("42"));
        Assert.That(payload["message"]!["ts"]!.GetValue<string>(), Is.EqualTo(ts));
        Assert.That(envelope["accepts_response_payload"]!.GetValue<bool>(), Is.False);
        for (var use = 1; use <= 5; use++)
            Assert.That(await RespondAsync(url, $$"""{"replace_original":true,"text":"done {{use}}"}"""), Is.EqualTo("ok"));
        Assert.That(await RespondAsync(url, """{"text":"once more"}"""), Does.Contain("used_url"));
        Assert.That(Simulator.Workspace.FindChannel(Help)!.Find(ts)!.Text, Is.EqualTo("done 5"));
    }

    [Test]
    public async Task A_trigger_opens_one_modal_within_3_s_whose_values_are_submitted()
    {
        using var socket = await ConnectAsync();
        var first = await TriggerAsync(socket);
        var opened = await CallAsync("views.open", Modal(first));
        var again = await CallAsync("views.open", Modal(first));
        var second = await TriggerAsync(socket);
        Clock.Advance(TimeSpan.FromSeconds(3.1));
        var late = await CallAsync("views.open", Modal(second));
        var submitting = Simulator.Interactions.SubmitViewAsync(opened["view"]!["id"]!.GetValue<string>(), Values(), Limit);
        var envelope = (await socket.ReceiveAsync(Limit))!;
        await socket.AckAsync(envelope, Limit);
        await submitting;

        Assert.That(again["error"]!.GetValue<string>(), Is.EqualTo("exchanged_trigger_id"));
        Assert.That(late["error"]!.GetValue<string>(), Is.EqualTo("expired_trigger_id"));
        Assert.That(envelope["payload"]!["view"]!["state"]!["values"]!["why"]!["text"]!["value"]!.GetValue<string>(), Is.EqualTo("because"));
        Assert.That(Simulator.Views.All, Is.Empty);
    }

    private async Task<string> TriggerAsync(AppSocket socket)
    {
        Task<InteractionOutcome> asked = Simulator.Interactions.SlashCommandAsync(Ann, Help, "/open", Limit);
        var envelope = (await socket.ReceiveAsync(Limit))!;
        await socket.AckAsync(envelope, Limit);
        await asked;
        return envelope["payload"]!["trigger_id"]!.GetValue<string>();
    }

    private async Task<string> RespondAsync(string url, string body)
    {
        using var content = new StringContent(body);
        using var response = await Http.PostAsync(url, content, Limit);
        return await response.Content.ReadAsStringAsync(Limit);
    }

    private static JsonObject WithButton() => JsonNode.Parse("""
        {"channel":"C0HELP0001","text":"press","blocks":[{"type":"actions","elements":[
          {"type":"button","action_id":"go","value":"42","text":{"type":"plain_text","text":"Go"}}]}]}
        """)!.AsObject();

    private static JsonObject Values() => JsonNode.Parse("""{"why":{"text":{"type":"plain_text_input","value":"because"}}}""")!.AsObject();

    private static JsonObject Modal(string trigger)
    {
        var call = JsonNode.Parse("""{"view":{"type":"modal","title":{"type":"plain_text","text":"Ask"},"blocks":[{"type":"divider"}]}}""")!.AsObject();
        call["trigger_id"] = trigger;
        return call;
    }
}
