using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Subot.Tests.Simulator;

/// <summary>The app's home, its ephemeral messages, and selects.</summary>
public sealed class HomeTests : SimulatorFixture
{
    private const string Home = """
        {"type":"home","blocks":[{"type":"section","block_id":"s","text":{"type":"mrkdwn","text":"Your requests"},"accessory":
          {"type":"static_select","action_id":"period","options":[
            {"text":{"type":"plain_text","text":"Week"},"value":"7"},{"text":{"type":"plain_text","text":"Month"},"value":"30"}]}}]}
        """;

    [Test]
    public async Task Opening_the_home_is_told_with_what_the_app_published_last()
    {
        using var socket = await ConnectAsync();
        Simulator.Interactions.OpenHome(Ann);
        var first = await socket.TakeEventAsync(Limit);
        await PublishAsync();
        Simulator.Interactions.OpenHome(Ann);
        var second = await socket.TakeEventAsync(Limit);

        Assert.That(first["type"]!.GetValue<string>(), Is.EqualTo("app_home_opened"));
        Assert.That(first["tab"]!.GetValue<string>(), Is.EqualTo("home"));
        Assert.That(first.ContainsKey("view"), Is.False);
        Assert.That(second["view"]!["hash"]!.GetValue<string>(), Is.EqualTo(Simulator.Views.HomeOf(Ann)!.Json["hash"]!.GetValue<string>()));
    }

    [Test]
    public async Task A_home_is_replaced_only_by_who_knows_its_hash()
    {
        var first = (await PublishAsync())["view"]!["hash"]!.GetValue<string>();
        var second = await PublishAsync(first);
        var stale = await PublishAsync(first);

        Assert.That(second["ok"]!.GetValue<bool>(), Is.True);
        Assert.That(stale["error"]!.GetValue<string>(), Is.EqualTo("hash_conflict"));
        Assert.That(Simulator.Views.All, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_is_chosen_in_the_home_is_told_whole()
    {
        await PublishAsync();
        using var socket = await ConnectAsync();
        var view = Simulator.Views.HomeOf(Ann)!;

        var (payload, _) = await AnswerAsync(socket, Simulator.Interactions.PressViewButtonAsync(view.Id, "period", Limit, chosen: ["30"]));
        var unknown = await Simulator.Interactions.PressViewButtonAsync(view.Id, "period", Limit, chosen: ["90"]);

        Assert.That(payload["actions"]![0]!["selected_option"]!["text"]!["text"]!.GetValue<string>(), Is.EqualTo("Month"));
        Assert.That(payload["view"]!["state"]!["values"]!["s"]!["period"]!["selected_option"]!["value"]!.GetValue<string>(), Is.EqualTo("30"));
        Assert.That(payload["container"]!["view_id"]!.GetValue<string>(), Is.EqualTo(view.Id));
        Assert.That(unknown.Error, Is.EqualTo("no_such_button"));
    }

    [Test]
    public async Task An_ephemeral_message_is_pressed_by_its_person_replaced_and_deleted()
    {
        using var socket = await ConnectAsync();
        await CallAsync("chat.postEphemeral", Parse("""
            {"channel":"C0HELP0001","user":"U0DAVID001","text":"Yours?","blocks":[{"type":"actions","elements":[
              {"type":"button","action_id":"yes","text":{"type":"plain_text","text":"Yes"}}]}]}
            """));
        var shown = await Simulator.Ephemerals.FirstAsync(ephemeral => ephemeral.User == Ann, Limit);
        var stranger = await Simulator.Interactions.PressButtonAsync(Bob, Help, shown.Ts, "yes", Limit);
        var (payload, _) = await AnswerAsync(socket, Simulator.Interactions.PressButtonAsync(Ann, Help, shown.Ts, "yes", Limit));
        var url = payload["response_url"]!.GetValue<string>();

        Assert.That(stranger.Error, Is.EqualTo("no_such_button"));
        Assert.That(payload.ContainsKey("message"), Is.False);
        Assert.That(payload["container"]!["is_ephemeral"]!.GetValue<bool>(), Is.True);
        await RespondAsync(url, """{"replace_original":true,"text":"Noted"}""");
        Assert.That(Simulator.Ephemerals.Find(shown.Ts)!.Body["text"]!.GetValue<string>(), Is.EqualTo("Noted"));
        await RespondAsync(url, """{"delete_original":true}""");
        Assert.That(Simulator.Ephemerals.Find(shown.Ts), Is.Null);
    }

    [Test]
    public async Task Who_waits_for_a_message_gets_it_when_it_is_written()
    {
        var waiting = Simulator.Workspace.FirstAsync(Help, message => message.Text == "here", Limit);
        Simulator.Workspace.Post(Ann, Help, "not this");
        Assert.That(waiting.IsCompleted, Is.False);
        var here = Simulator.Workspace.Post(Ann, Help, "here");

        Assert.That((await waiting).Ts, Is.EqualTo(here.Ts));
    }

    private Task<JsonObject> PublishAsync(string? hash = null)
    {
        var call = Parse($$"""{"user_id":"{{Ann}}","view":{{Home}}}""");
        if (hash is not null)
            call["hash"] = hash;
        return CallAsync("views.publish", call);
    }

    private async Task RespondAsync(string url, string body)
    {
        using var content = new StringContent(body);
        using var response = await Http.PostAsync(url, content, Limit);
        Assert.That(await response.Content.ReadAsStringAsync(Limit), Is.EqualTo("ok"));
    }
}
