using System.Text.Json.Nodes;
using Microsoft.Playwright;
using NUnit.Framework;
using static Microsoft.Playwright.Assertions;

namespace Subot.Tests.Simulator;

/// <summary>Channels, members, groups and permalinks on the page.</summary>
public sealed class PageChannelTests : PageFixture
{
    [Test]
    public async Task The_topic_is_seen_in_the_header_and_changed_there()
    {
        var page = await OpenAsync(Bob);
        await page.Locator("[data-action=edit-topic]").ClickAsync();
        await page.Locator("#topic-edit").FillAsync("On duty: @bruno");
        await page.Locator("#topic-edit").PressAsync("Enter");

        await Expect(page.Locator("#topic")).ToHaveTextAsync("On duty: @bruno");
        await Expect(page.Locator("article[data-subtype=channel_topic]")).ToContainTextAsync("set the channel topic: On duty: @bruno");
        Assert.That(Simulator.Workspace.FindChannel(Help)!.Topic, Is.EqualTo($"On duty: <@{Bob}>"));
        await CallAsync("conversations.setTopic", new JsonObject { ["channel"] = Help, ["topic"] = "On duty: nobody" });
        await Expect(page.Locator("#topic")).ToHaveTextAsync("On duty: nobody");
    }

    [Test]
    public async Task The_app_is_taken_out_and_added_and_people_too()
    {
        var page = await OpenAsync(Bob);
        await ChooseAsync(page, "remove-app");
        await page.Locator("[data-action=add-app]").ClickAsync();
        await Expect(page.Locator("[data-action=add-app]")).ToHaveCountAsync(0);
        await page.Locator("#members").ClickAsync();
        await page.Locator($"[data-action=remove-member][data-user={Ann}]").ClickAsync();
        await Expect(page.Locator("#members")).ToHaveTextAsync("7");
        await page.Locator("#members").ClickAsync();
        await page.Locator("[data-action=add-member]").SelectOptionAsync(Ann);

        await Expect(page.Locator("article[data-subtype=channel_join]", new() { HasText = "David Novak" })).ToBeVisibleAsync();
        Assert.That(Simulator.Workspace.AppIsIn(Simulator.Workspace.FindChannel(Help)!), Is.True);
    }

    [Test]
    public async Task A_channel_is_archived_brought_back_and_made_private()
    {
        var page = await OpenAsync(Bob);
        await ChooseAsync(page, "archive");
        await Expect(page.Locator(".not-joined")).ToHaveTextAsync("This channel is archived.");
        await ChooseAsync(page, "unarchive");
        await page.Locator("#composer").WaitForAsync();
        await ChooseAsync(page, "make-private");

        await Expect(page.Locator("#channel-header .icon.lock")).ToBeVisibleAsync();
        Assert.That((await NextAsync("channel_archive"))["payload"]!["event"]!["user"]!.GetValue<string>(), Is.EqualTo(Bob));
    }

    [Test]
    public async Task Who_leaves_can_join_again()
    {
        var page = await OpenAsync(Ann);
        await ChooseAsync(page, "leave");
        await page.Locator("#composer-place [data-action=join]").ClickAsync();

        await page.Locator("#composer").WaitForAsync();
        Assert.That((await TakeAsync("member_left_channel"))["event"]!["user"]!.GetValue<string>(), Is.EqualTo(Ann));
        Assert.That((await TakeAsync("member_joined_channel"))["event"]!["user"]!.GetValue<string>(), Is.EqualTo(Ann));
    }

    [Test]
    public async Task A_user_group_is_changed_and_mentioned()
    {
        var page = await OpenAsync(Ann);
        await page.Locator("[data-action=open-groups]").ClickAsync();
        await page.Locator($".group input[value={Ann}]").CheckAsync();
        await page.Locator("[data-action=save-group]").ClickAsync();
        await Expect(page.Locator("#groups")).ToBeHiddenAsync();
        await page.Locator("#composer").FillAsync("Hello @tools, ");
        await page.Locator("#composer").PressAsync("Enter");

        await Expect(Message(page, "Hello").Locator(".mention.loud")).ToHaveTextAsync("@tools");
        Assert.That((await TakeAsync("subteam_members_changed"))["event"]!["added_users"]![0]!.GetValue<string>(), Is.EqualTo(Ann));
        Assert.That((await TakeAsync("message"))["event"]!["text"]!.GetValue<string>(), Is.EqualTo("Hello <!subteam^S0TOOLS001>,"));
    }

    [Test]
    public async Task A_permalink_opens_the_page_at_its_message_however_far_back()
    {
        var old = Simulator.Workspace.Post(Ann, Help, "The first of many");
        for (var count = 0; count < 150; count++)
            Simulator.Workspace.Post(Bob, Help, $"Message {count}");
        var page = await OpenAsync(Ann, "");
        await page.GotoAsync(await PermalinkAsync(old.Ts));

        await Expect(Message(page, "The first of many")).ToBeInViewportAsync();
        await Expect(page.Locator("article.target")).ToHaveAttributeAsync("data-ts", old.Ts);
    }

    [Test]
    public async Task A_permalink_of_a_reply_opens_its_thread_there()
    {
        var root = Simulator.Workspace.Post(Ann, Help, "A question");
        for (var count = 0; count < 40; count++)
            Simulator.Workspace.Post(Bob, Help, $"Reply {count}", root.Ts);
        var reply = Simulator.Workspace.FindChannel(Help)!.All.First(message => message.Text == "Reply 3");
        var link = await PermalinkAsync(reply.Ts);
        Simulator.Workspace.Post(Bob, Help, $"See <{link}|this>");
        var page = await OpenAsync(Ann);
        await page.Locator("#messages a", new() { HasText = "this" }).ClickAsync();

        await Expect(page.Locator("#thread-messages article.target")).ToContainTextAsync("Reply 3");
        await Expect(page.Locator("#thread-messages article.target")).ToBeInViewportAsync();
        await Expect(page.Locator("#me")).ToHaveAttributeAsync("data-user", Ann);
    }

    [Test]
    public async Task Dates_and_groups_in_texts_are_written_out()
    {
        Simulator.Workspace.Post(Ann, Help, "Since <!date^1763884800^{date_num} {time}|then> for <!subteam^S0TOOLS001>");
        var page = await OpenAsync(Ann);

        await Expect(Message(page, "Since").Locator("time.date")).ToContainTextAsync("2025-11-23");
        await Expect(Message(page, "Since").Locator(".mention")).ToHaveTextAsync("@tools");
    }

    [Test]
    public async Task A_placeholder_is_seen_until_the_script_runs()
    {
        using var answer = await Http.GetAsync("", Limit);

        Assert.That(await answer.Content.ReadAsStringAsync(Limit), Does.Contain("Opening the workspace"));
        var page = await OpenAsync(Ann);
        await Expect(page.Locator("#loading")).ToHaveCountAsync(0);
    }

    private async Task<string> PermalinkAsync(string ts) =>
        (await CallAsync("chat.getPermalink", new JsonObject { ["channel"] = Help, ["message_ts"] = ts }))["permalink"]!.GetValue<string>();

    private static async Task ChooseAsync(IPage page, string action)
    {
        await page.Locator("[data-action=channel-menu]").ClickAsync();
        await page.Locator($"#channel-menu [data-action={action}]").ClickAsync();
    }
}
