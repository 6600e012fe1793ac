using System.Text.Json.Nodes;
using NUnit.Framework;
using Subot.Simulator.Exports;
using Subot.Simulator.Model;
using Subot.Simulator.WorkspaceFiles;

namespace Subot.Tests.Simulator;

/// <summary>Workspaces of YAML files and of real Slack exports.</summary>
public sealed class WorkspaceSourceTests
{
    [Test]
    public void The_sample_has_a_help_channel_with_the_app_in_it()
    {
        var workspace = WorkspaceFile.Sample();
        var help = workspace.FindChannel("C0HELP0001")!;

        Assert.That(help.Name, Is.EqualTo("help"));
        Assert.That(workspace.AppIsIn(help), Is.True);
        Assert.That(workspace.People, Has.Count.EqualTo(8));
    }

    [TestCase("users: [{id: U1}]", "an entry of 'users' has no 'name'.")]
    [TestCase("channels: [{id: C1, name: help, members: [nobody]}]", "'nobody' is none of the users.")]
    [TestCase("chanels: []", "chanels")]
    public void A_wrong_file_is_refused_with_what_is_wrong(string yaml, string reason)
    {
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, Guid.NewGuid() + ".yaml");
        File.WriteAllText(file, yaml);
        try
        {
            Assert.That(() => WorkspaceFile.Load(file), Throws.InstanceOf<InvalidDataException>().With.Message.Contains(reason));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [TestCase("rcontributors.zip")]
    [TestCase("houstondatavis.zip")]
    public void A_real_export_shows_all_its_messages_with_threads_and_reactions(string name)
    {
        var path = TestData.Require("data", "exports", name);
        using var archive = ExportArchive.Open(path);
        var workspace = ExportWorkspace.Load(path, withMessages: true);

        foreach (var exported in archive.Channels)
        {
            var channel = workspace.FindChannel(exported.Id)!;
            foreach (var message in archive.ReadMessages(exported))
            {
                var shown = channel.Show(channel.Find(message["ts"]!.GetValue<string>())!);
                Assert.That(shown["text"]?.GetValue<string>(), Is.EqualTo(message["text"]?.GetValue<string>()));
                Assert.That(shown["reply_count"]?.GetValue<int>(), Is.EqualTo(message["reply_count"]?.GetValue<int>()));
                Assert.That(shown["reactions"]?.ToJsonString(), Is.EqualTo(message["reactions"]?.ToJsonString()));
            }
        }
        Assert.That(workspace.Channels, Has.Count.EqualTo(archive.Channels.Count));
    }

    [Test]
    public void A_message_of_an_export_is_played_as_it_was_written()
    {
        var workspace = new Workspace(new AppIdentity(), TimeProvider.System);
        var told = new List<JsonObject>();
        workspace.ForApp += @event => told.Add(JsonNode.Parse(@event.Body.Span)!["event"]!.AsObject());
        var parent = JsonNode.Parse("""
            {"type":"message","user":"U1","text":"hi","ts":"1600000000.000100","thread_ts":"1600000000.000100","reply_count":1,
             "replies":[{"user":"U2","ts":"1600000001.000100"}],"reactions":[{"name":"eyes","users":["U2"],"count":1}],"files":[{"id":"F1"}]}
            """)!.AsObject();

        Assert.That(workspace.Play(parent, "C1"), Is.Not.Null);
        Assert.That(workspace.Play(parent, "C1"), Is.Null);
        Assert.That(told, Has.Count.EqualTo(1));
        Assert.That(told[0]["ts"]!.GetValue<string>(), Is.EqualTo("1600000000.000100"));
        Assert.That(told[0]["subtype"]!.GetValue<string>(), Is.EqualTo("file_share"));
        Assert.That(told[0].ContainsKey("reactions") || told[0].ContainsKey("thread_ts") || told[0].ContainsKey("replies"), Is.False);
    }
}
