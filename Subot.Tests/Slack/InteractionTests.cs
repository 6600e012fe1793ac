using System.Text.Json;
using NUnit.Framework;
using Subot.Slack;

namespace Subot.Tests.Slack;

internal sealed class InteractionTests : SocketModeFixture
{
    private string Command => $$$"""
        {"envelope_id":"s1","type":"slash_commands","accepts_response_payload":true,"payload":{"command":"/support","text":"stats 7d",
         "user_id":"U1","channel_id":"C1","channel_name":"help","team_id":"T1","trigger_id":"t1","is_enterprise_install":"false",
         "response_url":"{{{ResponseUrl}}}"}}
        """;

    private string Press => $$$"""
        {"payload":{"type":"block_actions","user":{"id":"U1"},"team":{"id":"T1"},"channel":{"id":"C1"},"trigger_id":"t1",
         "container":{"type":"message","message_ts":"2.000000","channel_id":"C1","thread_ts":"1.000000","is_ephemeral":false},
         "message":{"ts":"2.000000","text":"Was it useful?"},"response_url":"{{{ResponseUrl}}}",
         "actions":[{"action_id":"useful","block_id":"b1","type":"button","value":"yes","action_ts":"3.000000"},
                    {"action_id":"pick","type":"static_select","selected_option":{"value":"vpn"} }]},
         "envelope_id":"i1","type":"interactive","accepts_response_payload":false}
        """;

    private string ResponseUrl => new Uri(Slack.Api, "response").ToString();

    [Test, CancelAfter(Timeout)]
    public async Task A_slash_command_is_answered_in_its_acknowledgement(CancellationToken ct)
    {
        SlashCommandDelivery? seen = null;
        Handler.SlashCommand = (command, token) =>
        {
            seen = command;
            return command.RespondAsync(new ResponseMessage { Text = "12 requests" }, token);
        };
        var ack = await SendAsync(Command, ct);

        Assert.That(ack.GetRawText(), Is.EqualTo("""{"envelope_id":"s1","payload":{"text":"12 requests","response_type":"ephemeral"}}"""));
        Assert.That(seen, Has.Property("Command").EqualTo("/support").And.Property("Text").EqualTo("stats 7d").And.Property("User").EqualTo("U1")
            .And.Property("Channel").EqualTo("C1").And.Property("TriggerId").EqualTo("t1"));
        Assert.That(Slack.CountOf("response"), Is.Zero);
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_slow_answer_is_acknowledged_in_time_and_follows_by_itself(CancellationToken ct)
    {
        var go = new TaskCompletionSource();
        Handler.SlashCommand = async (command, token) =>
        {
            await go.Task;
            await command.RespondAsync(new ResponseMessage { Text = "late" }, token);
        };
        Run();
        var socket = await Slack.NextSocketAsync(ct);
        await socket.SendAsync(Command);
        await Time.PassAsync(2, ct);
        Assert.That((await socket.NextAsync(ct)).GetRawText(), Is.EqualTo("""{"envelope_id":"s1"}"""));
        go.SetResult();

        Assert.That((await Slack.NextCallAsync("response", ct)).Body, Does.Contain("late"));
    }

    [Test, CancelAfter(Timeout)]
    public async Task An_answer_too_large_for_an_acknowledgement_follows_by_itself(CancellationToken ct)
    {
        Handler.SlashCommand = (command, token) => command.RespondAsync(new ResponseMessage { Text = new string('x', 20_480) }, token);
        var ack = await SendAsync(Command, ct);

        Assert.That(ack.GetRawText(), Is.EqualTo("""{"envelope_id":"s1"}"""));
        Assert.That((await Slack.NextCallAsync("response", ct)).Body.Length, Is.GreaterThan(20_480));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_second_answer_goes_to_the_response_address(CancellationToken ct)
    {
        Handler.SlashCommand = async (command, token) =>
        {
            await command.RespondAsync(new ResponseMessage { Text = "first" }, token);
            await command.RespondAsync(new ResponseMessage { Text = "second" }, token);
        };
        await SendAsync(Command, ct);

        Assert.That((await Slack.NextCallAsync("response", ct)).Body, Does.Contain("second"));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_failing_handler_tells_the_person(CancellationToken ct)
    {
        Handler.SlashCommand = (_, _) => throw new InvalidOperationException("boom");
        var ack = await SendAsync(Command, ct);

        Assert.That(ack.GetProperty("payload").GetProperty("text").GetString(), Is.EqualTo(new SocketModeOptions().FailureText));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_handler_that_says_nothing_is_acknowledged_all_the_same(CancellationToken ct)
    {
        Assert.That((await SendAsync(Press, ct)).GetRawText(), Is.EqualTo("""{"envelope_id":"i1"}"""));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_button_tells_where_it_was_pressed_and_is_answered_beside_its_acknowledgement(CancellationToken ct)
    {
        InteractionDelivery? seen = null;
        Handler.Interaction = (interaction, token) =>
        {
            seen = interaction;
            return interaction.RespondAsync(new ResponseMessage { Text = "Thanks", ReplaceOriginal = true }, token);
        };
        var ack = await SendAsync(Press, ct);
        var answer = await Slack.NextCallAsync("response", ct);

        Assert.That(ack.GetRawText(), Is.EqualTo("""{"envelope_id":"i1"}"""));
        Assert.That(answer.Body, Does.Contain("\"replace_original\":true"));
        Assert.That(seen, Has.Property("Type").EqualTo("block_actions").And.Property("User").EqualTo("U1").And.Property("Channel").EqualTo("C1")
            .And.Property("MessageTs").EqualTo("2.000000").And.Property("ThreadTs").EqualTo("1.000000"));
        Assert.That(seen!.Actions[0], Has.Property("ActionId").EqualTo("useful").And.Property("Value").EqualTo("yes"));
        Assert.That(seen.Actions[1].SelectedValue, Is.EqualTo("vpn"));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_form_is_read_and_can_be_refused(CancellationToken ct)
    {
        string? entered = null;
        Handler.Interaction = (interaction, token) =>
        {
            entered = interaction.View!.Find("b1", "name") + interaction.View.Find("b2", "tool") + interaction.View.Find("b3", "none");
            return interaction.RejectAsync(new Dictionary<string, string> { ["b1"] = "Too short" }, token);
        };
        var ack = await SendAsync(
            """
            {"envelope_id":"i1","type":"interactive","accepts_response_payload":true,"payload":{"type":"view_submission","user":{"id":"U1"},
             "view":{"id":"V1","callback_id":"new","state":{"values":{"b1":{"name":{"type":"plain_text_input","value":"x"}},
             "b2":{"tool":{"type":"static_select","selected_option":{"value":"vpn"}}},"b3":{"none":{"type":"static_select","selected_option":null}}}}}}}
            """, ct);

        Assert.That(entered, Is.EqualTo("xvpn"));
        Assert.That(ack.GetRawText(), Is.EqualTo("""{"envelope_id":"i1","payload":{"response_action":"errors","errors":{"b1":"Too short"}}}"""));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Events_go_on_while_commands_wait_and_no_more_run_than_allowed(CancellationToken ct)
    {
        var started = new SemaphoreSlim(0);
        var go = new TaskCompletionSource();
        Handler.SlashCommand = async (_, _) =>
        {
            started.Release();
            await go.Task;
        };
        Run(new SocketModeOptions { MaxConcurrentHandlers = 2 });
        var socket = await Slack.NextSocketAsync(ct);
        for (var i = 0; i < 5; i++)
            await socket.SendAsync(Command);
        await socket.EventAsync("e1", """{"type":"app_uninstalled"}""");

        Assert.That((await Handler.NextEventAsync(ct)).Event, Is.EqualTo(new AppUninstalled(null)));
        await started.WaitAsync(ct);
        await started.WaitAsync(ct);
        go.SetResult();
        await socket.NextAsync(ct);
        await socket.NextAsync(ct);
        Assert.That(started.CurrentCount, Is.Zero);
    }

    private async Task<JsonElement> SendAsync(string envelope, CancellationToken ct)
    {
        Run();
        var socket = await Slack.NextSocketAsync(ct);
        await socket.SendAsync(envelope);
        return await socket.NextAsync(ct);
    }
}
