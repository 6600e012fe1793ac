using System.Text.Json.Nodes;

namespace Subot.Simulator.WebApi;

/// <summary>auth.test, apps.connections.open, team.info, bots.info.</summary>
internal static class AppMethods
{
    public static JsonObject AuthTest(ApiCall call)
    {
        var app = call.App;
        if (call.Context.Tokens.KindOf(call.Token) == TokenKind.App)
            return Answer.Ok(new JsonObject { ["app_name"] = app.Name, ["app_id"] = app.AppId });
        return Answer.Ok(new JsonObject
        {
            ["url"] = call.Context.Url.ToString(),
            ["team"] = app.TeamName,
            ["user"] = app.Name,
            ["team_id"] = app.TeamId,
            ["user_id"] = app.BotUserId,
            ["bot_id"] = app.BotId,
            ["is_enterprise_install"] = false,
        });
    }

    public static JsonObject OpenConnection(ApiCall call)
    {
        var url = call.Context.Url;
        var address = $"ws://{url.Authority}/link/?ticket={call.Context.Tickets.Issue()}&app_id={call.App.AppId}";
        return Answer.Ok(new JsonObject { ["url"] = address });
    }

    public static JsonObject TeamInfo(ApiCall call)
    {
        var app = call.App;
        if (call.Has("team") && call["team"] != app.TeamId)
            return Answer.Error("team_not_found");
        return Answer.Ok(new JsonObject
        {
            ["team"] = new JsonObject
            {
                ["id"] = app.TeamId,
                ["name"] = app.TeamName,
                ["domain"] = app.Domain,
                ["email_domain"] = "",
                ["url"] = call.Context.Url.ToString(),
                ["icon"] = new JsonObject { ["image_default"] = true },
            },
        });
    }

    public static JsonObject BotInfo(ApiCall call)
    {
        var app = call.App;
        if (call.Has("bot") && call["bot"] != app.BotId)
            return Answer.Error("bot_not_found");
        return Answer.Ok(new JsonObject
        {
            ["bot"] = new JsonObject
            {
                ["id"] = app.BotId,
                ["name"] = app.Name,
                ["app_id"] = app.AppId,
                ["user_id"] = app.BotUserId,
                ["deleted"] = false,
                ["updated"] = 1763880000,
                ["icons"] = new JsonObject(),
            },
        });
    }
}
