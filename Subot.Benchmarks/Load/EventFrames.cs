namespace Subot.Benchmarks.Load;

/// <summary>The kinds of events, as Slack sends them: about a kilobyte each.</summary>
internal static class EventFrames
{
    /// <summary>New requests.</summary>
    public static IReadOnlyList<EventFrame> Requests { get; } =
    [
        Message("The VPN drops me every ten minutes since this morning, and the status page says that all is well. Is anybody else seeing this?", inThread: false),
        Message("How do I get access to the staging database? I need to look at two rows of the orders table for a bug.", inThread: false),
        Message("Build 4711 fails with 'no space left on device' on the second agent, could somebody have a look please?", inThread: false),
        Message("My laptop asks for a new certificate and then refuses it. What am I doing wrong?", inThread: false),
    ];

    /// <summary>Replies.</summary>
    public static IReadOnlyList<EventFrame> Replies { get; } =
    [
        Message("We see it too, the gateway was restarted a minute ago: could you try again and tell us the time if it happens once more?", inThread: true),
        Message("It works from the office network, but not from home; I attach nothing, for the log is empty.", inThread: true),
        Message("You need to be in the group 'readers', I have just added you, it takes a quarter of an hour.", inThread: true),
        Message("Same here, since Monday.", inThread: true),
    ];

    /// <summary>Reactions to a root; the first one solves.</summary>
    public static IReadOnlyList<EventFrame> Reactions { get; } = [Reaction("white_check_mark"), Reaction("eyes"), Reaction("+1"), Reaction("tada")];

    /// <summary>An edit of the message at «thread», a root.</summary>
    public static EventFrame Edit { get; } = Envelope("""
        {"type":"message","subtype":"message_changed","channel":"«channel»","channel_type":"channel","hidden":true,"ts":"«ts»","event_ts":"«ts»","message":{"type":"message","user":"«user»","text":"The text was changed at «ts».","ts":"«thread»","thread_ts":"«thread»","team":"T0LOAD00000","edited":{"user":"«user»","ts":"«ts»"}},"previous_message":{"type":"message","user":"«user»","text":"The text was another one.","ts":"«thread»","thread_ts":"«thread»","team":"T0LOAD00000"}}
        """);

    private static EventFrame Message(string text, bool inThread)
    {
        var thread = inThread ? "\"thread_ts\":\"«thread»\",\"parent_user_id\":\"U0ASK000001\"," : "";
        return Envelope($$"""
            {"user":"«user»","type":"message","ts":"«ts»","client_msg_id":"5f0c1d2e-6b7a-4c8d-9e0f-«number»","text":"{{text}}","team":"T0LOAD00000",{{thread}}"blocks":[{"type":"rich_text","block_id":"b1X9q","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"{{text}}"}]}]}],"channel":"«channel»","event_ts":"«ts»","channel_type":"channel"}
            """);
    }

    private static EventFrame Reaction(string emoji) => Envelope($$"""
        {"type":"reaction_added","user":"«user»","reaction":"{{emoji}}","item":{"type":"message","channel":"«channel»","ts":"«thread»"},"item_user":"U0ASK000001","event_ts":"«ts»"}
        """);

    private static EventFrame Envelope(string inner) => new($$"""
        {"envelope_id":"00000000-0000-4000-8000-«number»","payload":{"token":"legacy-verification-token","team_id":"T0LOAD00000","context_team_id":"T0LOAD00000","context_enterprise_id":null,"api_app_id":"A0LOAD00000","event":{{inner.Trim()}},"type":"event_callback","event_id":"Ev0«event»","event_time":«second»,"authorizations":[{"enterprise_id":null,"team_id":"T0LOAD00000","user_id":"U0SUBOT0001","is_bot":true,"is_enterprise_install":false}],"is_ext_shared_channel":false,"event_context":"4-eyJldCI6Im1lc3NhZ2UiLCJ0aWQiOiJUMExPQUQwMDAwMCIsImFpZCI6IkEwTE9BRDAwMDAwIn0"},"type":"events_api","accepts_response_payload":false,"retry_attempt":0,"retry_reason":""}
        """);
}
