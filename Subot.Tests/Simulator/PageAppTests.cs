using System.Text.Json.Nodes;
using NUnit.Framework;
using static Microsoft.Playwright.Assertions;

namespace Subot.Tests.Simulator;

/// <summary>What a person does with the app on the page.</summary>
public sealed class PageAppTests : PageFixture
{
    private const string Buttons = """
        [{"type":"section","text":{"type":"mrkdwn","text":"Did it help?"}},
         {"type":"actions","block_id":"help","elements":[{"type":"button","action_id":"yes","value":"1","text":{"type":"plain_text","text":"Yes"}},
          {"type":"static_select","action_id":"why","options":[{"text":{"type":"plain_text","text":"Slow"},"value":"slow"}]}]}]
        """;

    [Test]
    public async Task A_message_shortcut_is_in_the_menu_of_each_message()
    {
        var asked = Simulator.Workspace.Post(Ann, Help, "How do I get in?");
        var page = await OpenAsync(Bob);
        await OpenMenuAsync(Message(page, "How do I get in?"));
        await page.Locator("[data-action=shortcut][data-callback-id=solve]").ClickAsync();
        var payload = await TakeAsync("message_action");

        Assert.That(payload["message_ts"]!.GetValue<string>(), Is.EqualTo(asked.Ts));
        Assert.That(payload["user"]!["id"]!.GetValue<string>(), Is.EqualTo(Bob));
    }

    [Test]
    public async Task A_modal_with_all_inputs_is_filled_in_and_sent()
    {
        var page = await OpenAsync(Ann);
        await OpenModalAsync(page, ModalTests.AllInputs);
        await page.Locator("#modal [data-action-id=text]").FillAsync("because");
        await page.Locator("#modal [data-action-id=tool]").SelectOptionAsync("ci");
        await page.Locator("#modal [data-action-id=labels] input[value=b]").CheckAsync();
        await page.Locator("#modal [data-action-id=who]").SelectOptionAsync(Bob);
        await page.Locator("#modal [data-action-id=where]").SelectOptionAsync(General);
        await page.Locator("#modal [data-action-id=day]").FillAsync("2026-11-03");
        await page.Locator("#modal [data-action-id=hour]").FillAsync("09:30");
        await page.Locator("#modal [data-action-id=flags] input[value=x]").CheckAsync();
        await page.Locator("#modal [data-action-id=kind] input[value=two]").CheckAsync();
        await page.Locator("[data-action=submit-view]").ClickAsync();
        var values = (await TakeAsync("view_submission"))["view"]!["state"]!["values"]!;

        await Expect(page.Locator("#modal")).ToBeHiddenAsync();
        Assert.That(values["why"]!["text"]!["value"]!.GetValue<string>(), Is.EqualTo("because"));
        Assert.That(values["labels"]!["labels"]!["selected_options"]![0]!["value"]!.GetValue<string>(), Is.EqualTo("b"));
        Assert.That(values["who"]!["who"]!["selected_user"]!.GetValue<string>(), Is.EqualTo(Bob));
        Assert.That(values["hour"]!["hour"]!["selected_time"]!.GetValue<string>(), Is.EqualTo("09:30"));
        Assert.That(values["kind"]!["kind"]!["selected_option"]!["value"]!.GetValue<string>(), Is.EqualTo("two"));
        Assert.That(values["note"]!["note"]!["value"]!.GetValue<string>(), Is.EqualTo("as before"));
    }

    [Test]
    public async Task What_is_wrong_is_said_at_the_block_and_what_was_typed_stays()
    {
        var page = await OpenAsync(Ann);
        await OpenModalAsync(page, OneInput);
        await page.Locator("[data-action=submit-view]").ClickAsync();
        await Expect(page.Locator("#modal [data-block=why] .problem")).ToContainTextAsync("required");
        await page.Locator("#modal [data-action-id=text]").FillAsync("hm");
        await page.Locator("[data-action=submit-view]").ClickAsync();
        await TakeAsync("view_submission", """{"response_action":"errors","errors":{"why":"Too vague"}}""");
        await Expect(page.Locator("#modal [data-block=why] .problem")).ToHaveTextAsync("Too vague");
        var view = Simulator.Views.ModalOf(Ann)!;
        await CallAsync("views.update", Parse($$"""{"view_id":"{{view.Id}}","view":{{OneInput.Replace("Ask", "Ask again")}}}"""));

        await Expect(page.Locator("#modal header")).ToHaveTextAsync("Ask again");
        await Expect(page.Locator("#modal [data-action-id=text]")).ToHaveValueAsync("hm");
        await page.Locator("[data-action=submit-view]").ClickAsync();
        await TakeAsync("view_submission", $$"""{"response_action":"push","view":{{OneInput.Replace("Ask", "One more")}}}""");
        await Expect(page.Locator("#modal header")).ToHaveTextAsync("One more");
        await page.Locator("#modal footer [data-action=close-view]").ClickAsync();
        await Expect(page.Locator("#modal header")).ToHaveTextAsync("Ask again");
    }

    [Test]
    public async Task The_home_is_opened_from_the_apps_and_its_buttons_and_selects_work()
    {
        var page = await OpenAsync(Ann);
        await page.Locator("[data-action=open-app]").ClickAsync();
        Assert.That((await TakeAsync("app_home_opened"))["event"]!["user"]!.GetValue<string>(), Is.EqualTo(Ann));
        await CallAsync("views.publish", Parse($$$"""{"user_id":"{{{Ann}}}","view":{"type":"home","blocks":{{{Buttons}}} }}"""));
        await page.Locator("#home [data-action-id=why]").SelectOptionAsync("slow");
        var chosen = await TakeAsync("block_actions");
        await page.Locator("#home [data-action-id=yes]").ClickAsync();
        var pressed = await TakeAsync("block_actions");

        Assert.That(chosen["actions"]![0]!["selected_option"]!["value"]!.GetValue<string>(), Is.EqualTo("slow"));
        Assert.That(pressed["actions"]![0]!["value"]!.GetValue<string>(), Is.EqualTo("1"));
        Assert.That(pressed["view"]!["state"]!["values"]!["help"]!["why"]!["selected_option"]!["value"]!.GetValue<string>(), Is.EqualTo("slow"));
    }

    [Test]
    public async Task A_direct_message_of_the_app_is_unread_until_it_is_read_and_answered()
    {
        var page = await OpenAsync(Ann);
        await CallAsync("chat.postMessage", new JsonObject { ["channel"] = Ann, ["text"] = "Your request waits" });
        await page.Locator("[data-action=open-app].unread").ClickAsync();
        await Message(page, "Your request waits").WaitForAsync();
        await Expect(page.Locator("[data-action=open-app].unread")).ToHaveCountAsync(0);
        await page.Locator("#composer").FillAsync("Thanks");
        await page.Locator("#composer").PressAsync("Enter");
        await Message(page, "Thanks").WaitForAsync();
        JsonNode @event;
        do
            @event = (await TakeAsync("message"))["event"]!;
        while (@event["user"]!.GetValue<string>() != Ann);

        Assert.That(@event["channel_type"]!.GetValue<string>(), Is.EqualTo("im"));
    }

    [Test]
    public async Task An_ephemeral_message_is_seen_by_its_person_alone_and_replaced_by_its_answer()
    {
        var ann = await OpenAsync(Ann);
        var bob = await OpenAsync(Bob);
        await CallAsync("chat.postEphemeral", Parse($$"""{"channel":"{{Help}}","user":"{{Ann}}","text":"Did it help?","blocks":{{Buttons}}}"""));
        await CallAsync("chat.postMessage", new JsonObject { ["channel"] = Help, ["text"] = "for all" });
        await ann.Locator("article.ephemeral [data-action-id=yes]").ClickAsync();
        var payload = await TakeAsync("block_actions");
        await Message(bob, "for all").WaitForAsync();
        await Expect(Message(bob, "Did it help?")).ToHaveCountAsync(0);
        using var answer = new StringContent("""{"replace_original":true,"text":"Glad it did"}""");
        using var replaced = await Http.PostAsync(payload["response_url"]!.GetValue<string>(), answer, Limit);

        await Expect(ann.Locator("article.ephemeral")).ToContainTextAsync("Glad it did");
    }

    [Test]
    public async Task What_the_app_changes_deletes_and_reacts_to_is_seen_at_once()
    {
        var asked = Simulator.Workspace.Post(Ann, Help, "A question");
        var page = await OpenAsync(Ann);
        var ts = (await CallAsync("chat.postMessage", new JsonObject { ["channel"] = Help, ["text"] = "before" }))["ts"]!;
        await Message(page, "before").WaitForAsync();
        await CallAsync("chat.update", new JsonObject { ["channel"] = Help, ["ts"] = ts.DeepClone(), ["text"] = "after" });
        await Message(page, "after").WaitForAsync();
        await CallAsync("reactions.add", new JsonObject { ["channel"] = Help, ["timestamp"] = asked.Ts, ["name"] = "eyes" });
        await Expect(Message(page, "A question").Locator(".reaction[data-reaction=eyes]")).ToBeVisibleAsync();
        await CallAsync("chat.delete", new JsonObject { ["channel"] = Help, ["ts"] = ts.DeepClone() });

        await Expect(Message(page, "after")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task A_picture_and_what_the_app_noted_are_seen()
    {
        var picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
        var expected = await CallAsync("files.getUploadURLExternal", new JsonObject { ["filename"] = "chart.png", ["length"] = picture.Length });
        using var content = new ByteArrayContent(picture);
        using var sent = await Http.PostAsync(expected["upload_url"]!.GetValue<string>(), content, Limit);
        var id = expected["file_id"]!.GetValue<string>();
        await CallAsync("files.completeUploadExternal", Parse($$"""{"files":[{"id":"{{id}}"}]}"""));
        await CallAsync("chat.postMessage", Parse($$$"""
            {"channel":"{{{Help}}}","text":"The week","metadata":{"event_type":"report","event_payload":{"id":"report:1"}},
             "blocks":[{"type":"image","alt_text":"By day","slack_file":{"id":"{{{id}}}"}}]}
            """));
        var page = await OpenAsync(Ann);
        var image = page.Locator("#messages .block.image img");
        await image.WaitForAsync();
        await image.HoverAsync();
        await page.Locator("[data-action=metadata]").ClickAsync();

        await Expect(page.Locator("#metadata")).ToContainTextAsync("report:1");
        Assert.That(await image.EvaluateAsync<int>("one => one.decode().then(() => one.naturalWidth)"), Is.EqualTo(1));
    }

    private const string OneInput = """
        {"type":"modal","title":{"type":"plain_text","text":"Ask"},"submit":{"type":"plain_text","text":"Send"},"blocks":[
          {"type":"input","block_id":"why","label":{"type":"plain_text","text":"Why"},"element":{"type":"plain_text_input","action_id":"text"}}]}
        """;
}
