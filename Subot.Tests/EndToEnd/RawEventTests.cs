using System.Net;
using System.Text;
using NUnit.Framework;
using Subot.Bot.Apply;
using Subot.Demo;
using Subot.Domain;
using Subot.Domain.Projection;
using Subot.Simulator.Model;
using Subot.Storage.Sqlite;

namespace Subot.Tests.EndToEnd;

public sealed class RawEventTests
{
    private const string Channel = "CLK7MCUS3";

    private const string Join = """
        {"token":"<SLACK_TOKEN>","team_id":"<TEAM_ID>","api_app_id":"AL14JDQDQ","event":{"type":"message","subtype":"channel_join","ts":"1577110180.007100","user":"UCMD2JME2","text":"<@UCMD2JME2> has joined the channel","channel":"CLK7MCUS3","event_ts":"1577110180.007100","channel_type":"channel"},"type":"event_callback","event_id":"EvS2E28FFY","event_time":1577110180,"authed_users":["ULGP77XEY"]}
        """;

    [Test]
    public async Task A_raw_event_reaches_the_bot_and_is_stored_before_it_is_acknowledged()
    {
        var workspace = new Workspace(DemoPlace.App, TimeProvider.System);
        workspace.Add(new Channel(Channel, "help", ChannelKind.Public), DemoPlace.App.BotUserId);
        await using var demo = await DemoRun.StartAsync(new DemoPlace(workspace, [Channel], []));
        using var http = new HttpClient();
        using var body = new StringContent(Join, Encoding.UTF8, "application/json");

        using var answer = await http.PostAsync(new Uri(demo.Simulator.Url, "event"), body, demo.Limit);
        await demo.Simulator.Hub.WaitUntilAtMostAsync(0, demo.Limit);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(demo.Simulator.Hub.Counters.Acked, Is.EqualTo(1));
        var key = new ThreadKey(new ChannelId(Channel), Subot.Domain.Ts.Parse("1577110180.007100"));

        // What a crash at this moment would leave behind.
        var left = Directory.CreateDirectory(Path.Combine(demo.Folder, "left")).FullName;
        foreach (var file in Directory.GetFiles(demo.Folder, "subot.db*"))
            File.Copy(file, Path.Combine(left, Path.GetFileName(file)));
        await using var store = SqliteStore.Open(left);
        var threads = await store.LoadAsync([key], demo.Limit);
        Assert.That(threads.Values.Select(thread => (thread.State.Key, thread.State.Kind)), Is.EqualTo(new[] { (key, RootKind.Other) }));
        Assert.That((await Check.RunAsync(store, demo.Limit)).Differences, Is.Empty);
    }
}
