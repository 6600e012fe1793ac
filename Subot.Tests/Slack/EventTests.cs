using System.Text;
using NUnit.Framework;
using Subot.Slack;

namespace Subot.Tests.Slack;

internal sealed class EventTests
{
    [Test]
    public void A_reply_of_a_person_has_all_that_matters()
    {
        var posted = Read<MessagePosted>("""
            {"user":"U1","type":"message","ts":"1763884900.000200","client_msg_id":"x","text":"a &amp; b \u00e9 \ud83d\ude00","team":"T1",
             "thread_ts":"1763884800.123459","parent_user_id":"U2","blocks":[{"type":"rich_text","elements":[[{"deep":[1,{}]}]]}],
             "files":[{"id":"F1","name":"a"},{"mode":"hidden_by_limit"},5,{"id":"F2"}],"channel":"C1","event_ts":"1763884900.000200","channel_type":"channel"}
            """);

        Assert.That(posted, Has.Property("Channel").EqualTo("C1").And.Property("ChannelType").EqualTo("channel")
            .And.Property("EventTs").EqualTo("1763884900.000200").And.Property("Subtype").Null);
        Assert.That(posted.Message, Has.Property("User").EqualTo("U1").And.Property("Text").EqualTo("a &amp; b é 😀")
            .And.Property("Ts").EqualTo("1763884900.000200").And.Property("ThreadTs").EqualTo("1763884800.123459")
            .And.Property("ParentUserId").EqualTo("U2").And.Property("IsReply").True.And.Property("BotId").Null);
        Assert.That(posted.Message.FileIds, Is.EqualTo(["F1", "F2"]));
    }

    [Test]
    public void A_bot_is_known_by_its_bot_id_and_its_post_by_its_metadata()
    {
        var message = Read<MessagePosted>("""
            {"type":"message","user":"U9","bot_id":"B1","app_id":"A1","bot_profile":{"id":"B1","app_id":"A1","name":"Flow","icons":{},"is_workflow_bot":true},
             "metadata":{"event_type":"subot_action","event_payload":{"id":"reply:1","n":[1,{"a":null}]}},"text":"x","ts":"1.000001","channel":"C1"}
            """).Message;

        Assert.That(message.BotId, Is.EqualTo("B1"));
        Assert.That(message.BotProfile, Is.EqualTo(new BotProfile("B1", "A1", "Flow", true)));
        Assert.That(message.Metadata!.EventType, Is.EqualTo("subot_action"));
        Assert.That(message.Metadata.Find("id"), Is.EqualTo("reply:1"));
        Assert.That(message.Metadata.Find("other"), Is.Null);
    }

    [Test]
    public void An_edit_tells_both_texts_and_whose_it_was()
    {
        var changed = Read<MessageChanged>("""
            {"type":"message","subtype":"message_changed","hidden":true,"channel":"C1","ts":"1763885000.000100","event_ts":"1763885000.000100",
             "message":{"type":"message","user":"U1","text":"new","edited":{"user":"U1","ts":"1763885000.000000"},"ts":"1763884800.123459","thread_ts":"1763884700.000000"},
             "previous_message":{"type":"message","user":"U1","text":"old","ts":"1763884800.123459"}}
            """);

        Assert.That(changed.Ts, Is.EqualTo("1763885000.000100"));
        Assert.That(changed.Message, Has.Property("Text").EqualTo("new").And.Property("Ts").EqualTo("1763884800.123459")
            .And.Property("ThreadTs").EqualTo("1763884700.000000").And.Property("Edited").EqualTo(new MessageEdit("U1", "1763885000.000000")));
        Assert.That(changed.PreviousMessage!.Text, Is.EqualTo("old"));
    }

    [Test]
    public void A_preview_of_a_link_is_a_change_without_an_edit()
    {
        var changed = Read<MessageChanged>("""
            {"type":"message","subtype":"message_changed","channel":"C1","ts":"2.000000",
             "message":{"type":"message","bot_id":"B1","text":"same","attachments":[{"title":"x"}],"ts":"1.000000"},"previous_message":{"text":"same","ts":"1.000000"}}
            """);

        Assert.That(changed.Message, Has.Property("Edited").Null.And.Property("User").Null.And.Property("Text").EqualTo(changed.PreviousMessage!.Text));
    }

    [Test]
    public void A_deleted_parent_with_replies_is_a_change_into_a_tombstone()
    {
        var changed = Read<MessageChanged>("""
            {"type":"message","subtype":"message_changed","channel":"C1","ts":"2.000000","message":{"type":"message","subtype":"tombstone","user":"USLACKBOT",
             "hidden":true,"text":"This message was deleted.","ts":"1.000000","thread_ts":"1.000000","reply_count":2,"latest_reply":"1.500000"}}
            """);

        Assert.That(changed.Message, Has.Property("IsTombstone").True.And.Property("Hidden").True.And.Property("IsReply").False
            .And.Property("ReplyCount").EqualTo(2).And.Property("LatestReply").EqualTo("1.500000"));
        Assert.That(changed.PreviousMessage, Is.Null);
    }

    [Test]
    public void A_deletion_names_what_is_gone()
    {
        var deleted = Read<MessageDeleted>("""
            {"type":"message","subtype":"message_deleted","hidden":true,"channel":"C1","deleted_ts":"1.000000","ts":"2.000000","event_ts":"2.000000",
             "previous_message":{"subtype":"tombstone","ts":"1.000000"}}
            """);

        Assert.That(deleted, Has.Property("DeletedTs").EqualTo("1.000000").And.Property("Ts").EqualTo("2.000000"));
        Assert.That(deleted.PreviousMessage!.IsTombstone);
    }

    [Test]
    public void A_topic_and_a_broadcast_are_messages_with_a_subtype()
    {
        var topic = Read<MessagePosted>("""{"type":"message","subtype":"channel_topic","user":"U1","topic":"on call: Ann","text":"U1 a défini le sujet","ts":"1.000000","channel":"C1"}""");
        var broadcast = Read<MessagePosted>("""{"type":"message","subtype":"thread_broadcast","user":"U1","text":"x","thread_ts":"1.000000","ts":"2.000000","channel":"C1","root":{"ts":"1.000000","reply_count":1}}""");

        Assert.That(topic.Message.Topic, Is.EqualTo("on call: Ann"));
        Assert.That(broadcast.Message.IsReply);
        Assert.That(broadcast.Message.Root!.Ts, Is.EqualTo("1.000000"));
    }

    [Test]
    public void Reactions_tell_on_what_and_may_lack_an_author()
    {
        Assert.That(
            Read<ReactionAdded>("""{"type":"reaction_added","user":"U2","reaction":"+1::skin-tone-3","item":{"type":"message","channel":"C1","ts":"1.000000"},"event_ts":"2.000000"}"""),
            Is.EqualTo(new ReactionAdded("U2", "+1::skin-tone-3", null, "message", "C1", "1.000000", "2.000000")));
        Assert.That(
            Read<ReactionRemoved>("""{"type":"reaction_removed","user":"U2","reaction":"eyes","item_user":"U1","item":{"type":"file","file":"F1"},"event_ts":"2.000000"}"""),
            Is.EqualTo(new ReactionRemoved("U2", "eyes", "U1", "file", null, null, "2.000000")));
    }

    [Test]
    public void Events_of_the_workspace_are_typed()
    {
        Assert.That(Read<MemberJoinedChannel>("""{"type":"member_joined_channel","user":"U1","channel":"C1","channel_type":"C","inviter":"U2","event_ts":"1.0"}"""),
            Is.EqualTo(new MemberJoinedChannel("U1", "C1", "U2", "1.0")));
        Assert.That(Read<ChannelRename>("""{"type":"group_rename","channel":{"id":"C1","name":"help"},"event_ts":"1.0"}"""),
            Is.EqualTo(new ChannelRename("group_rename", "C1", "help", "1.0")));
        Assert.That(Read<ChannelArchive>("""{"type":"channel_archive","channel":"C1","user":"U1","event_ts":"1.0"}"""),
            Is.EqualTo(new ChannelArchive("channel_archive", "C1", "U1", "1.0")));
        Assert.That(Read<UserChange>("""{"type":"user_change","user":{"id":"U1","deleted":true,"profile":{"display_name":"ann"}},"cache_ts":5}""").User,
            Has.Property("Deleted").True.And.Property("DisplayName").EqualTo("ann"));
        Assert.That(Read<SubteamMembersChanged>("""{"type":"subteam_members_changed","subteam_id":"S1","added_users":["U1"],"removed_users":[]}""").AddedUsers,
            Is.EqualTo(["U1"]));
        Assert.That(Read<TokensRevoked>("""{"type":"tokens_revoked","tokens":{"oauth":["U1"],"bot":["U2"]}}""").BotIds, Is.EqualTo(["U2"]));
    }

    [Test]
    public void The_order_of_fields_does_not_matter()
    {
        var reader = new FrameReader();
        var event1 = """{"channel":"C1","ts":"1.000000","text":"x","type":"message"}""";
        var late = (EventDelivery)reader.Read(Encoding.UTF8.GetBytes(
            $$$"""{"payload":{"event":{{{event1}}},"event_time":7,"event_id":"Ev1","team_id":"T1"},"retry_attempt":2,"type":"events_api","envelope_id":"e1"}"""));
        var early = (EventDelivery)reader.Read(Encoding.UTF8.GetBytes(
            $$$"""{"type":"events_api","envelope_id":"e1","retry_attempt":2,"payload":{"team_id":"T1","event_id":"Ev1","event_time":7,"event":{{{event1}}} } }"""));

        foreach (var delivery in new[] { late, early })
        {
            Assert.That(delivery, Has.Property("EnvelopeId").EqualTo("e1").And.Property("EventId").EqualTo("Ev1").And.Property("TeamId").EqualTo("T1")
                .And.Property("EventTime").EqualTo(7).And.Property("RetryAttempt").EqualTo(2));
            Assert.That(((MessagePosted)delivery.Event).Message.Text, Is.EqualTo("x"));
        }
    }

    [TestCase("""{"type":"message","text":"no channel","ts":"1.0"}""")]
    [TestCase("""{"type":"message","subtype":"message_changed","channel":"C1","ts":"1.0"}""")]
    [TestCase("""{"type":"message","subtype":"message_deleted","channel":"C1","ts":"1.0"}""")]
    [TestCase("""{"type":"reaction_added","item":{}}""")]
    [TestCase("""{"type":"channel_rename","channel":"C1"}""")]
    [TestCase("""{"type":"brand_new","channel":{"x":[1,2,{"y":"z"}]},"subteam":"S1"}""")]
    [TestCase("""{"no":"type"}""")]
    public void What_is_new_or_lacks_its_place_is_unknown_but_can_be_acknowledged(string json)
    {
        Assert.That(Read<UnknownEvent>(json), Is.Not.Null);
    }

    [Test]
    public void Repeated_ids_are_one_string()
    {
        var reader = new FrameReader();
        var first = (ReactionAdded)Deliver(reader, """{"type":"reaction_added","user":"U1","reaction":"eyes","item":{"channel":"C0HELP00000"}}""").Event;
        var second = (ReactionAdded)Deliver(reader, """{"type":"reaction_added","user":"U2","reaction":"eyes","item":{"channel":"C0HELP00000"}}""").Event;

        Assert.That(second.Channel, Is.SameAs(first.Channel));
        Assert.That(second.User, Is.EqualTo("U2"));
    }

    private static T Read<T>(string eventJson) where T : SlackEvent
    {
        var delivery = Deliver(new FrameReader(), eventJson);
        Assert.That(delivery.Event, Is.InstanceOf<T>());
        return (T)delivery.Event;
    }

    private static EventDelivery Deliver(FrameReader reader, string eventJson) => (EventDelivery)reader.Read(
        Encoding.UTF8.GetBytes($$$"""{"envelope_id":"e1","type":"events_api","payload":{"event":{{{eventJson}}} } }"""));
}
