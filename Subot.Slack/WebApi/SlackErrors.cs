using System.Collections.Frozen;

namespace Subot.Slack;

/// <summary>The meaning of Slack's error codes.</summary>
internal static class SlackErrors
{
    private static readonly FrozenDictionary<string, SlackErrorKind> s_kinds = Table(
        (SlackErrorKind.RateLimited, "ratelimited rate_limited"),
        (SlackErrorKind.SlackTrouble,
            "internal_error fatal_error service_unavailable request_timeout team_added_to_org message_limit_exceeded "
            + "external_channel_migrating"),
        (SlackErrorKind.Token,
            "not_authed invalid_auth account_inactive token_revoked token_expired user_removed_from_team team_disabled "
            + "org_login_required two_factor_setup_required"),
        (SlackErrorKind.Scope,
            "missing_scope not_allowed_token_type no_permission access_denied accesslimited ekm_access_denied "
            + "enterprise_is_restricted restricted_action app_access_restricted plan_upgrade_required permission_denied "
            + "forbidden_team"),
        (SlackErrorKind.Place,
            "channel_not_found not_in_channel is_archived is_inactive thread_not_found restricted_action_thread_locked "
            + "user_not_found users_not_found user_not_in_channel user_not_visible user_disabled messages_tab_disabled "
            + "method_not_supported_for_channel_type no_such_subteam bot_not_found team_not_found"),
        (SlackErrorKind.Gone,
            "message_not_found cant_update_message cant_delete_message edit_window_closed not_found hash_conflict "
            + "expired_trigger_id exchanged_trigger_id used_url expired_url"),
        (SlackErrorKind.OurBug,
            "invalid_arguments invalid_arg_name invalid_form_data invalid_json json_not_object invalid_post_type "
            + "invalid_charset missing_post_type no_text invalid_blocks msg_too_long msg_blocks_too_long unknown_method "
            + "method_deprecated missing_args missing_argument invalid_name bad_timestamp invalid_ts_oldest "
            + "invalid_ts_latest too_long view_too_large invalid_trigger_id invalid_payload"));

    // Some posts may have been made although Slack answered with these.
    private static readonly FrozenSet<string> s_unclear =
        FrozenSet.Create("internal_error", "fatal_error", "service_unavailable", "request_timeout");

    public static SlackErrorKind KindOf(string error)
    {
        if (s_kinds.TryGetValue(error, out var kind))
            return kind;
        if (error.StartsWith("restricted_action", StringComparison.Ordinal))
            return SlackErrorKind.Scope;
        if (error.StartsWith("invalid_blocks", StringComparison.Ordinal)
            || error.StartsWith("metadata_", StringComparison.Ordinal)
            || error.StartsWith("invalid_metadata", StringComparison.Ordinal))
            return SlackErrorKind.OurBug;
        return SlackErrorKind.Unknown;
    }

    public static bool IsUnclear(string error) => s_unclear.Contains(error);

    private static FrozenDictionary<string, SlackErrorKind> Table(params (SlackErrorKind Kind, string Codes)[] rows) =>
        rows.SelectMany(row => row.Codes.Split(' '), (row, code) => (row.Kind, code))
            .ToFrozenDictionary(entry => entry.code, entry => entry.Kind);
}
