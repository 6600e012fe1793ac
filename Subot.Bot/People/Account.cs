using Subot.Domain;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.People;

/// <summary>What Slack tells of an account, as a person.</summary>
internal static class Account
{
    public static Person ToPerson(SlackUser account, Ts asOf) => new(new UserId(account.Id), asOf)
    {
        Name = account.Name ?? "",
        RealName = account.Profile.RealName ?? account.RealName ?? "",
        FirstName = account.Profile.FirstName ?? "",
        LastName = account.Profile.LastName ?? "",
        DisplayName = account.Profile.DisplayName ?? "",
        Email = account.Profile.Email ?? "",
        Image32 = account.Profile.Image32 ?? "",
        Image512 = account.Profile.Image512 ?? "",
        IsBot = account.IsBot,
    };
}
