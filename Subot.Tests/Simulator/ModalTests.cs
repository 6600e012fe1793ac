using System.Text.Json.Nodes;
using NUnit.Framework;
using Subot.Simulator.Interactions;

namespace Subot.Tests.Simulator;

/// <summary>Modals: their inputs, what comes of submitting them, and the stack they lie on.</summary>
public sealed class ModalTests : SimulatorFixture
{
    [Test]
    public async Task What_is_filled_in_is_told_as_slack_tells_it_and_the_rest_is_as_it_was()
    {
        using var socket = await ConnectAsync();
        var view = await OpenAsync(socket, AllInputs);
        var fields = new Dictionary<string, string>
        {
            ["text"] = "because", ["tool"] = "ci", ["labels"] = "a,b", ["who"] = Bob, ["where"] = General,
            ["day"] = "2026-11-03", ["hour"] = "09:30", ["flags"] = "x", ["kind"] = "two",
        };

        var (payload, _) = await AnswerAsync(socket, Simulator.Interactions.SubmitViewAsync(view.Id, fields, Limit));
        var values = payload["view"]!["state"]!["values"]!;

        Assert.That(values["why"]!["text"]!["value"]!.GetValue<string>(), Is.EqualTo("because"));
        Assert.That(values["tool"]!["tool"]!["selected_option"]!["text"]!["text"]!.GetValue<string>(), Is.EqualTo("CI"));
        Assert.That(string.Join(",", values["labels"]!["labels"]!["selected_options"]!.AsArray().Select(option => option!["value"]!.GetValue<string>())), Is.EqualTo("a,b"));
        Assert.That(values["who"]!["who"]!["selected_user"]!.GetValue<string>(), Is.EqualTo(Bob));
        Assert.That(values["where"]!["where"]!["selected_conversation"]!.GetValue<string>(), Is.EqualTo(General));
        Assert.That(values["day"]!["day"]!["selected_date"]!.GetValue<string>(), Is.EqualTo("2026-11-03"));
        Assert.That(values["hour"]!["hour"]!["selected_time"]!.GetValue<string>(), Is.EqualTo("09:30"));
        Assert.That(values["flags"]!["flags"]!["selected_options"]![0]!["value"]!.GetValue<string>(), Is.EqualTo("x"));
        Assert.That(values["kind"]!["kind"]!["selected_option"]!["value"]!.GetValue<string>(), Is.EqualTo("two"));
        Assert.That(values["note"]!["note"]!["value"]!.GetValue<string>(), Is.EqualTo("as before"), "an initial value");
        Assert.That(Simulator.Views.All, Is.Empty);
    }

    [Test]
    public async Task A_required_input_that_is_empty_is_refused_before_the_app_hears_of_it()
    {
        using var socket = await ConnectAsync();
        var view = await OpenAsync(socket, OneInput);

        var outcome = await Simulator.Interactions.SubmitViewAsync(view.Id, new Dictionary<string, string>(), Limit);

        Assert.That(outcome.Errors!["why"]!.GetValue<string>(), Does.Contain("required"));
        Assert.That(Simulator.Views.ModalOf(Ann)!.Id, Is.EqualTo(view.Id));
    }

    [Test]
    public async Task Errors_of_the_app_keep_the_modal_open()
    {
        using var socket = await ConnectAsync();
        var view = await OpenAsync(socket, OneInput);

        var (_, outcome) = await AnswerAsync(socket, SubmitAsync(view), """{"response_action":"errors","errors":{"why":"Too vague"}}""");
        var (_, wrong) = await AnswerAsync(socket, SubmitAsync(view), """{"response_action":"errors","errors":{"no_such_block":"Too vague"}}""");

        Assert.That(outcome.Errors!["why"]!.GetValue<string>(), Is.EqualTo("Too vague"));
        Assert.That(wrong.Error, Is.EqualTo("invalid_response"));
        Assert.That(Simulator.Views.ModalOf(Ann)!.Id, Is.EqualTo(view.Id));
    }

    [Test]
    public async Task An_answer_updates_pushes_or_clears()
    {
        using var socket = await ConnectAsync();
        var view = await OpenAsync(socket, OneInput);

        await AnswerAsync(socket, SubmitAsync(view), $$"""{"response_action":"update","view":{{OneInput.Replace("Ask", "Second")}}}""");
        Assert.That(Simulator.Views.ModalOf(Ann)!.Id, Is.EqualTo(view.Id));
        Assert.That(Simulator.Views.ModalOf(Ann)!.Title, Is.EqualTo("Second"));
        await AnswerAsync(socket, SubmitAsync(view), $$"""{"response_action":"push","view":{{OneInput.Replace("Ask", "Third")}}}""");
        var top = Simulator.Views.ModalOf(Ann)!;
        Assert.That(top.Title, Is.EqualTo("Third"));
        Assert.That(top.Json["previous_view_id"]!.GetValue<string>(), Is.EqualTo(view.Id));
        await AnswerAsync(socket, SubmitAsync(top), """{"response_action":"clear"}""");
        Assert.That(Simulator.Views.All, Is.Empty);
    }

    [Test]
    public async Task A_button_of_a_modal_pushes_another_up_to_three()
    {
        using var socket = await ConnectAsync();
        var view = await OpenAsync(socket, WithButton);
        for (var depth = 2; depth <= 3; depth++)
        {
            Assert.That((await PushAsync(socket, view))["ok"]!.GetValue<bool>(), Is.True);
            view = Simulator.Views.ModalOf(Ann)!;
        }
        var refused = await PushAsync(socket, view);
        await Simulator.Interactions.CloseViewAsync(view.Id, Limit);

        Assert.That(refused["error"]!.GetValue<string>(), Is.EqualTo("push_limit_reached"));
        Assert.That(Simulator.Views.All, Has.Count.EqualTo(2));
        Assert.That(Simulator.Views.ModalOf(Ann)!.Id, Is.EqualTo(view.Json["previous_view_id"]!.GetValue<string>()));
    }

    [Test]
    public async Task An_update_with_an_old_hash_is_refused()
    {
        using var socket = await ConnectAsync();
        var view = await OpenAsync(socket, OneInput);
        var hash = view.Json["hash"]!.GetValue<string>();
        var first = await UpdateAsync(view, hash);
        var second = await UpdateAsync(view, hash);

        Assert.That(first["ok"]!.GetValue<bool>(), Is.True);
        Assert.That(second["error"]!.GetValue<string>(), Is.EqualTo("hash_conflict"));
    }

    [Test]
    public async Task A_cancelled_modal_is_told_only_to_an_app_that_asked()
    {
        using var socket = await ConnectAsync();
        var view = await OpenAsync(socket, OneInput.Replace("\"type\":\"modal\"", "\"type\":\"modal\",\"notify_on_close\":true"));
        var closing = Simulator.Interactions.CloseViewAsync(view.Id, Limit);
        var envelope = (await socket.ReceiveAsync(Limit))!;
        await socket.AckAsync(envelope, Limit);
        await closing;

        Assert.That(envelope["payload"]!["type"]!.GetValue<string>(), Is.EqualTo("view_closed"));
        Assert.That(envelope["payload"]!["is_cleared"]!.GetValue<bool>(), Is.False);
    }

    [TestCase("""{"type":"modal","blocks":[]}""", "title")]
    [TestCase("""{"type":"modal","title":{"type":"plain_text","text":"A title of twenty-five .."},"blocks":[]}""", "less than 25")]
    [TestCase("""{"type":"modal","title":{"type":"plain_text","text":"x"},"blocks":[{"type":"input","label":{"type":"plain_text","text":"x"},"element":{"type":"plain_text_input"}}]}""", "submit")]
    [TestCase("""{"type":"modal","title":{"type":"plain_text","text":"x"},"blocks":[{"type":"actions","elements":[{"type":"static_select","options":[]}]}]}""", "options")]
    [TestCase("""{"type":"modal","title":{"type":"plain_text","text":"x"},"blocks":[{"type":"section","text":{"type":"mrkdwn","text":""}}]}""", "more than 0")]
    public async Task A_view_that_breaks_a_rule_is_refused_with_a_pointer(string view, string reason)
    {
        var answer = await CallAsync("views.open", Parse($$"""{"trigger_id":"1.x","view":{{view}}}"""));

        Assert.That(answer["error"]!.GetValue<string>(), Is.EqualTo("invalid_arguments"));
        Assert.That(answer["response_metadata"]!["messages"]![0]!.GetValue<string>(), Does.Contain(reason).And.Contain("json-pointer:/view"));
    }

    private const string OneInput = """
        {"type":"modal","title":{"type":"plain_text","text":"Ask"},"submit":{"type":"plain_text","text":"Send"},"blocks":[
          {"type":"input","block_id":"why","label":{"type":"plain_text","text":"Why"},"element":{"type":"plain_text_input","action_id":"text"}}]}
        """;

    private const string WithButton = """
        {"type":"modal","title":{"type":"plain_text","text":"Ask"},"blocks":[{"type":"actions","elements":[
          {"type":"button","action_id":"more","text":{"type":"plain_text","text":"More"}}]}]}
        """;

    internal const string AllInputs = """
        {"type":"modal","title":{"type":"plain_text","text":"Everything"},"submit":{"type":"plain_text","text":"Send"},"blocks":[
          {"type":"input","block_id":"why","label":{"type":"plain_text","text":"Why"},"element":{"type":"plain_text_input","action_id":"text","multiline":true}},
          {"type":"input","block_id":"tool","label":{"type":"plain_text","text":"Tool"},"element":{"type":"static_select","action_id":"tool","options":[
            {"text":{"type":"plain_text","text":"CI"},"value":"ci"},{"text":{"type":"plain_text","text":"VPN"},"value":"vpn"}]}},
          {"type":"input","block_id":"labels","label":{"type":"plain_text","text":"Labels"},"element":{"type":"multi_static_select","action_id":"labels","options":[
            {"text":{"type":"plain_text","text":"A"},"value":"a"},{"text":{"type":"plain_text","text":"B"},"value":"b"},{"text":{"type":"plain_text","text":"C"},"value":"c"}]}},
          {"type":"input","block_id":"who","label":{"type":"plain_text","text":"Who"},"element":{"type":"users_select","action_id":"who"}},
          {"type":"input","block_id":"where","label":{"type":"plain_text","text":"Where"},"element":{"type":"conversations_select","action_id":"where"}},
          {"type":"input","block_id":"day","label":{"type":"plain_text","text":"Day"},"element":{"type":"datepicker","action_id":"day"}},
          {"type":"input","block_id":"hour","label":{"type":"plain_text","text":"Hour"},"element":{"type":"timepicker","action_id":"hour"}},
          {"type":"input","block_id":"flags","optional":true,"label":{"type":"plain_text","text":"Flags"},"element":{"type":"checkboxes","action_id":"flags","options":[
            {"text":{"type":"plain_text","text":"X"},"value":"x"},{"text":{"type":"plain_text","text":"Y"},"value":"y"}]}},
          {"type":"input","block_id":"kind","label":{"type":"plain_text","text":"Kind"},"element":{"type":"radio_buttons","action_id":"kind","options":[
            {"text":{"type":"plain_text","text":"One"},"value":"one"},{"text":{"type":"plain_text","text":"Two"},"value":"two"}]}},
          {"type":"input","block_id":"note","optional":true,"label":{"type":"plain_text","text":"Note"},
            "element":{"type":"plain_text_input","action_id":"note","initial_value":"as before"}}]}
        """;

    private async Task<View> OpenAsync(AppSocket socket, string view)
    {
        var (payload, _) = await AnswerAsync(socket, Simulator.Interactions.SlashCommandAsync(Ann, Help, "/open", Limit));
        await CallAsync("views.open", Parse($$"""{"trigger_id":"{{payload["trigger_id"]}}","view":{{view}}}"""));
        return await Simulator.Views.FirstAsync(shown => shown.User == Ann, Limit);
    }

    private async Task<JsonObject> PushAsync(AppSocket socket, View view)
    {
        var (payload, _) = await AnswerAsync(socket, Simulator.Interactions.PressViewButtonAsync(view.Id, "more", Limit));
        return await CallAsync("views.push", Parse($$"""{"trigger_id":"{{payload["trigger_id"]}}","view":{{WithButton}}}"""));
    }

    private Task<JsonObject> UpdateAsync(View view, string hash) =>
        CallAsync("views.update", Parse($$"""{"view_id":"{{view.Id}}","hash":"{{hash}}","view":{{OneInput}}}"""));

    private Task<InteractionOutcome> SubmitAsync(View view) =>
        Simulator.Interactions.SubmitViewAsync(view.Id, new Dictionary<string, string> { ["text"] = "because" }, Limit);
}
