namespace Subot.Slack;

/// <summary>
/// Something that happened in a workspace. Tell events apart with a <c>switch</c> on the type; those that this
/// library does not know are <see cref="UnknownEvent"/>, never an error.
/// </summary>
/// <param name="Type">Slack's name for it, such as <c>reaction_added</c>.</param>
/// <param name="EventTs">
/// When it happened, by Slack's clock; orders the changes of one thing. A few events come without: take
/// <see cref="EventDelivery.EventTime"/> then.
/// </param>
public abstract record SlackEvent(string Type, string? EventTs);

/// <summary>An event that this library has no type for, or that lacks what its type needs.</summary>
public sealed record UnknownEvent(string Type, string? EventTs) : SlackEvent(Type, EventTs);

/// <summary>The bot was mentioned. The same message also comes as <see cref="MessagePosted"/>: handle one of them.</summary>
public sealed record AppMention(string Channel, SlackMessage Message, string? EventTs) : SlackEvent("app_mention", EventTs);

/// <summary>Someone opened the app's home or its messages tab.</summary>
/// <param name="User">Who.</param>
/// <param name="Channel">The direct channel between them and the app.</param>
/// <param name="Tab"><c>home</c> or <c>messages</c>.</param>
/// <param name="EventTs">When.</param>
public sealed record AppHomeOpened(string User, string? Channel, string? Tab, string? EventTs) : SlackEvent("app_home_opened", EventTs);

/// <summary>Tokens of the app are no longer valid; comes before or after <see cref="AppUninstalled"/>.</summary>
public sealed record TokensRevoked(IReadOnlyList<string> UserIds, IReadOnlyList<string> BotIds, string? EventTs)
    : SlackEvent("tokens_revoked", EventTs);

/// <summary>The app was removed from the workspace.</summary>
public sealed record AppUninstalled(string? EventTs) : SlackEvent("app_uninstalled", EventTs);

/// <summary>Slack left events out: there were more than it delivers (30,000 an hour and workspace).</summary>
/// <param name="MinuteRateLimited">The minute it began, in Unix seconds.</param>
public sealed record AppRateLimited(long MinuteRateLimited) : SlackEvent("app_rate_limited", null);
