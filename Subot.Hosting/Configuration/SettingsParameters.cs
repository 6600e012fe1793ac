using Subot.Domain.Settings;

namespace Subot.Hosting.Configuration;

/// <summary>The parameters that are settings: they are copied into the store, and become a new version when they change.</summary>
public static class SettingsParameters
{
    /// <summary>Reads them.</summary>
    public static TeamSettings Read(ParameterReader from) => new()
    {
        TimeZone = from.TimeZone("SUBOT_TIME_ZONE", "UTC"),
        WorkingHours = from.WorkingHours("SUBOT_WORKING_HOURS", "SUBOT_HOLIDAYS"),
        ResponseTargetSeconds = from.Seconds("SUBOT_RESPONSE_TARGET", "1h"),
        ExpireAfterSeconds = from.SecondsOrOff("SUBOT_EXPIRE_AFTER", "14d"),
        SolvedEmoji = Emoji(from, "SUBOT_SOLVED_EMOJI", "heavy_check_mark,white_check_mark"),
        AcknowledgingEmoji = Emoji(from, "SUBOT_ACK_EMOJI", "eyes"),
        NotARequestEmoji = Emoji(from, "SUBOT_NOT_A_REQUEST_EMOJI", "no_entry_sign"),
        Team = TeamSettings.Set(from.Ids("SUBOT_TEAM", "user id (user groups are not followed yet)", "UW", "U0ANN,U0BOB")),
    };

    private static IReadOnlySet<string> Emoji(ParameterReader from, string name, string fallback) =>
        TeamSettings.Set(from.List(name, fallback).Select(e => e.Trim(':')));
}
