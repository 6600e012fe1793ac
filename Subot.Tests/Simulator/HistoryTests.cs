using System.Text.Json.Nodes;
using NUnit.Framework;
using Subot.Simulator;

namespace Subot.Tests.Simulator;

/// <summary>What conversations.history and conversations.replies show, and in which order.</summary>
public sealed class HistoryTests : SimulatorFixture
{
    private static readonly string[] Five = ["1700000001.000000", "1700000002.000000", "1700000003.000000", "1700000004.000000", "1700000005.000000"];

    [Test]
    public async Task Pages_go_backward_from_the_newest_unless_only_the_oldest_is_given()
    {
        PostFive();

        Assert.That(await PagesAsync(new JsonObject { ["limit"] = 2 }), Is.EqualTo("5,4 | 3,2 | 1"));
        Assert.That(await PagesAsync(new JsonObject { ["limit"] = 2, ["oldest"] = "0", ["latest"] = "1700000006" }), Is.EqualTo("5,4 | 3,2 | 1"));
        Assert.That(await PagesAsync(new JsonObject { ["limit"] = 2, ["oldest"] = Five[0] }), Is.EqualTo("3,2 | 5,4"));
    }

    [Test]
    public async Task Bounds_are_exclusive_unless_inclusive_is_set()
    {
        PostFive();
        var bounds = new JsonObject { ["oldest"] = Five[1], ["latest"] = Five[3] };
        Assert.That(await PagesAsync(bounds), Is.EqualTo("3"));

        bounds["inclusive"] = true;
        Assert.That(await PagesAsync(bounds), Is.EqualTo("4,3,2"));
        var one = new JsonObject { ["oldest"] = Five[2], ["latest"] = Five[2], ["inclusive"] = true, ["limit"] = 1 };
        Assert.That(await PagesAsync(one), Is.EqualTo("3"));
    }

    [Test]
    public async Task History_shows_roots_and_broadcasts_and_replies_show_the_parent_first()
    {
        var parent = Simulator.Workspace.Post(Ann, Help, "question", ts: Five[0]);
        Simulator.Workspace.Post(Bob, Help, "answer", parent.Ts, Five[1]);
        Simulator.Workspace.Post(Bob, Help, "for all", parent.Ts, Five[2], broadcast: true);

        Assert.That(await PagesAsync([]), Is.EqualTo("3,1"));
        var replies = await CallAsync("conversations.replies", new JsonObject { ["channel"] = Help, ["ts"] = parent.Ts, ["limit"] = 2 });
        Assert.That(Numbers(replies), Is.EqualTo("1,2"));
        Assert.That(replies["messages"]![0]!["reply_count"]!.GetValue<int>(), Is.EqualTo(2));
        Assert.That(replies["messages"]![1]!["parent_user_id"]!.GetValue<string>(), Is.EqualTo(Ann));
        var rest = await CallAsync("conversations.replies", new JsonObject
        {
            ["channel"] = Help,
            ["ts"] = parent.Ts,
            ["cursor"] = replies["response_metadata"]!["next_cursor"]!.DeepClone(),
        });
        Assert.That(Numbers(rest), Is.EqualTo("3"));
    }

    [Test]
    public async Task The_ts_of_a_reply_gives_that_reply_alone_and_an_unknown_ts_no_thread()
    {
        var parent = Simulator.Workspace.Post(Ann, Help, "question", ts: Five[0]);
        var reply = Simulator.Workspace.Post(Bob, Help, "answer", parent.Ts, Five[1]);

        var alone = await CallAsync("conversations.replies", new JsonObject { ["channel"] = Help, ["ts"] = reply.Ts });
        var none = await CallAsync("conversations.replies", new JsonObject { ["channel"] = Help, ["ts"] = Five[4] });

        Assert.That(Numbers(alone), Is.EqualTo("2"));
        Assert.That(alone["messages"]![0]!["thread_ts"]!.GetValue<string>(), Is.EqualTo(parent.Ts));
        Assert.That(none["error"]!.GetValue<string>(), Is.EqualTo("thread_not_found"));
    }

    [Test]
    public async Task A_deleted_parent_stays_as_a_tombstone_until_its_last_reply_goes()
    {
        var parent = Simulator.Workspace.Post(Ann, Help, "question", ts: Five[0]);
        var reply = Simulator.Workspace.Post(Bob, Help, "answer", parent.Ts, Five[1]);

        Simulator.Workspace.Delete(Help, parent.Ts);
        var history = await CallAsync("conversations.history", new JsonObject { ["channel"] = Help });
        Assert.That(history["messages"]![0]!["subtype"]!.GetValue<string>(), Is.EqualTo("tombstone"));
        Assert.That(history["messages"]![0]!["reply_count"]!.GetValue<int>(), Is.EqualTo(1));

        Simulator.Workspace.Delete(Help, reply.Ts);
        Assert.That(await PagesAsync([]), Is.EqualTo(""));
    }

    [Test]
    public async Task A_cursor_nobody_gave_is_refused() =>
        Assert.That(
            (await CallAsync("conversations.history", new JsonObject { ["channel"] = Help, ["cursor"] = "bm9uc2Vuc2U=" }))["error"]!.GetValue<string>(),
            Is.EqualTo("invalid_cursor"));

    private void PostFive()
    {
        foreach (var ts in Five)
            Simulator.Workspace.Post(Ann, Help, "hello", ts: ts);
    }

    /// <summary>The pages, each as the numbers of its messages in their order.</summary>
    private async Task<string> PagesAsync(JsonObject arguments)
    {
        var pages = new List<string>();
        string? cursor;
        do
        {
            var asked = arguments.DeepClone().AsObject();
            asked["channel"] = Help;
            if (pages.Count > 0)
                asked["cursor"] = arguments["cursor"]?.DeepClone();
            var page = await CallAsync("conversations.history", asked);
            pages.Add(Numbers(page));
            cursor = page["response_metadata"]?["next_cursor"]?.GetValue<string>();
            arguments["cursor"] = cursor;
        }
        while (cursor is not null);
        arguments.Remove("cursor");
        return string.Join(" | ", pages);
    }

    private static string Numbers(JsonObject page) =>
        string.Join(',', page["messages"]!.AsArray().Select(message => message!["ts"]!.GetValue<string>()[9]));
}

/// <summary>The regime for apps sold outside the Marketplace.</summary>
public sealed class SmallPageTests : SimulatorFixture
{
    protected override SimulatorOptions Configure(SimulatorOptions options) =>
        options with { Api = options.Api with { SmallPages = true } };

    [Test]
    public async Task Fifteen_messages_come_a_page_and_one_page_a_minute()
    {
        for (var count = 0; count < 20; count++)
            Simulator.Workspace.Post(Ann, Help, "hello");
        var arguments = new JsonObject { ["channel"] = Help, ["limit"] = 100 };

        var first = await CallAsync("conversations.history", arguments);
        using var tooSoon = await SendAsync("conversations.history", arguments);
        Clock.Advance(TimeSpan.FromMinutes(1));
        using var later = await SendAsync("conversations.history", arguments);

        Assert.That(first["messages"]!.AsArray(), Has.Count.EqualTo(15));
        Assert.That(first["has_more"]!.GetValue<bool>(), Is.True);
        Assert.That((int)tooSoon.StatusCode, Is.EqualTo(429));
        Assert.That(tooSoon.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromMinutes(1)));
        Assert.That((int)later.StatusCode, Is.EqualTo(200));
    }
}
