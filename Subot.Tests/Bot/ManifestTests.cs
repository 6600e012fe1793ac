using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using NUnit.Framework;
using Subot.Bot;
using Subot.Simulator.WebApi;
using Subot.Slack;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Subot.Tests.Bot;

/// <summary>The manifest that people make their app from, held to what the program does.</summary>
public sealed class ManifestTests
{
    /// <summary>The methods of Slack's that each of our own calls.</summary>
    private static readonly Dictionary<string, string[]> s_calls = new()
    {
        [nameof(ISlackApi.AuthTestAsync)] = ["auth.test"],
        [nameof(ISlackApi.OpenConnectionAsync)] = ["apps.connections.open"],
        [nameof(ISlackApi.PostMessageAsync)] = ["chat.postMessage"],
        [nameof(ISlackApi.PostEphemeralAsync)] = ["chat.postEphemeral"],
        [nameof(ISlackApi.UpdateMessageAsync)] = ["chat.update"],
        [nameof(ISlackApi.DeleteMessageAsync)] = ["chat.delete"],
        [nameof(ISlackApi.GetPermalinkAsync)] = ["chat.getPermalink"],
        [nameof(ISlackApi.HistoryAsync)] = ["conversations.history"],
        [nameof(ISlackApi.RepliesAsync)] = ["conversations.replies"],
        [nameof(ISlackApi.FindMessageAsync)] = ["conversations.history", "conversations.replies"],
        [nameof(ISlackApi.AddReactionAsync)] = ["reactions.add"],
        [nameof(ISlackApi.RemoveReactionAsync)] = ["reactions.remove"],
        [nameof(ISlackApi.GetReactionsAsync)] = ["reactions.get"],
        [nameof(ISlackApi.ListChannelsAsync)] = ["conversations.list"],
        [nameof(ISlackApi.GetChannelAsync)] = ["conversations.info"],
        [nameof(ISlackApi.JoinChannelAsync)] = ["conversations.join"],
        [nameof(ISlackApi.ListMembersAsync)] = ["conversations.members"],
        [nameof(ISlackApi.SetTopicAsync)] = ["conversations.setTopic"],
        [nameof(ISlackApi.OpenDirectMessageAsync)] = ["conversations.open"],
        [nameof(ISlackApi.GetUserAsync)] = ["users.info"],
        [nameof(ISlackApi.ListUsersAsync)] = ["users.list"],
        [nameof(ISlackApi.FindUserByEmailAsync)] = ["users.lookupByEmail"],
        [nameof(ISlackApi.GetProfileAsync)] = ["users.profile.get"],
        [nameof(ISlackApi.ListUserGroupsAsync)] = ["usergroups.list"],
        [nameof(ISlackApi.ListUserGroupUsersAsync)] = ["usergroups.users.list"],
        [nameof(ISlackApi.UpdateUserGroupUsersAsync)] = ["usergroups.users.update"],
        [nameof(ISlackApi.UploadFileAsync)] = ["files.getUploadURLExternal", "files.completeUploadExternal"],
        [nameof(ISlackApi.OpenViewAsync)] = ["views.open"],
        [nameof(ISlackApi.PublishViewAsync)] = ["views.publish"],
        [nameof(ISlackApi.UpdateViewAsync)] = ["views.update"],
        [nameof(ISlackApi.GetTeamAsync)] = ["team.info"],
        [nameof(ISlackApi.GetBotAsync)] = ["bots.info"],
        [nameof(ISlackApi.RespondAsync)] = [],
        ["get_" + nameof(ISlackApi.ServerTime)] = [],
    };

    /// <summary>The events by which each kind of ours comes; those that come by themselves are left out.</summary>
    private static readonly Dictionary<string, string[]> s_events = new()
    {
        [nameof(MessagePosted)] = ["message.channels", "message.groups"],
        [nameof(ReactionAdded)] = ["reaction_added", "reaction_removed"],
        [nameof(MemberJoinedChannel)] = ["member_joined_channel"],
        [nameof(ChannelLeft)] = ["channel_left", "group_left"],
        [nameof(ChannelArchive)] = ["channel_archive", "group_archive"],
        [nameof(ChannelUnarchive)] = ["channel_unarchive", "group_unarchive"],
        [nameof(SubteamUpdated)] = ["subteam_updated"],
        [nameof(SubteamMembersChanged)] = ["subteam_members_changed"],
        [nameof(AppHomeOpened)] = ["app_home_opened"],
        [nameof(TokensRevoked)] = ["tokens_revoked"],
        [nameof(AppUninstalled)] = ["app_uninstalled"],
    };

    private static readonly Manifest s_manifest = ReadManifest();

    /// <summary>The manifest beside the solution.</summary>
    private static string File => Path.Combine(TestData.RepositoryFolder, "slack-manifest.yaml");

    [Test]
    public void Scopes_are_those_that_the_bot_says_it_can_use() =>
        Assert.That(s_manifest.OauthConfig.Scopes.Bot, Is.EquivalentTo(Features.Scopes));

    [Test]
    public void Every_method_that_the_bot_calls_has_its_scope()
    {
        var called = Called().ToList();
        Assert.That(called, Does.Contain(nameof(ISlackApi.PostMessageAsync)), "what the program calls is found");
        Assert.That(called.Except(s_calls.Keys), Is.Empty, "calls of which this test does not know what they need");

        var needed = from call in called
                     from method in s_calls[call]
                     from scope in MethodTable.All.Single(m => m.Name == method).Scopes
                     where scope is not ("connections:write" or "im:read")
                     select scope;
        Assert.That(needed.Except(s_manifest.OauthConfig.Scopes.Bot), Is.Empty);
    }

    [Test]
    public void Every_event_that_the_bot_follows_is_subscribed_to_and_no_other()
    {
        var followed = Referenced().Where(s_events.ContainsKey).SelectMany(e => s_events[e]);
        Assert.That(s_manifest.Settings.EventSubscriptions.BotEvents, Is.EquivalentTo(followed));
    }

    [Test]
    public void Socket_mode_and_interactivity_are_on()
    {
        Assert.That(s_manifest.Settings.SocketModeEnabled);
        Assert.That(s_manifest.Settings.Interactivity.IsEnabled);
        Assert.That(s_manifest.Features.SlashCommands.Select(c => (c.Command, c.ShouldEscape)), Is.EqualTo(new[] { ("/subot", true) }));
    }

    /// <summary>The methods of the Slack client that the program refers to.</summary>
    private static IEnumerable<string> Called()
    {
        using var file = System.IO.File.OpenRead(typeof(Features).Assembly.Location);
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();
        return [.. metadata.MemberReferences.Select(metadata.GetMemberReference)
            .Where(m => m.Parent.Kind == HandleKind.TypeReference && NameOf(metadata, (TypeReferenceHandle)m.Parent) == nameof(ISlackApi))
            .Select(m => metadata.GetString(m.Name)).Distinct()];
    }

    /// <summary>The types of other projects that the program refers to.</summary>
    private static IEnumerable<string> Referenced()
    {
        using var file = System.IO.File.OpenRead(typeof(Features).Assembly.Location);
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();
        return [.. metadata.TypeReferences.Select(handle => NameOf(metadata, handle)).Distinct()];
    }

    private static string NameOf(MetadataReader metadata, TypeReferenceHandle handle) =>
        metadata.GetString(metadata.GetTypeReference(handle).Name);

    private static Manifest ReadManifest() => new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).IgnoreUnmatchedProperties().Build()
        .Deserialize<Manifest>(System.IO.File.ReadAllText(File));

    private sealed class Manifest
    {
        public FeaturesPart Features { get; set; } = new();

        public OauthPart OauthConfig { get; set; } = new();

        public SettingsPart Settings { get; set; } = new();
    }

    private sealed class FeaturesPart
    {
        public List<CommandPart> SlashCommands { get; set; } = [];
    }

    private sealed class CommandPart
    {
        public string Command { get; set; } = "";

        public bool ShouldEscape { get; set; }
    }

    private sealed class OauthPart
    {
        public ScopesPart Scopes { get; set; } = new();
    }

    private sealed class ScopesPart
    {
        public List<string> Bot { get; set; } = [];
    }

    private sealed class SettingsPart
    {
        public EventsPart EventSubscriptions { get; set; } = new();

        public InteractivityPart Interactivity { get; set; } = new();

        public bool SocketModeEnabled { get; set; }
    }

    private sealed class EventsPart
    {
        public List<string> BotEvents { get; set; } = [];
    }

    private sealed class InteractivityPart
    {
        public bool IsEnabled { get; set; }
    }
}
