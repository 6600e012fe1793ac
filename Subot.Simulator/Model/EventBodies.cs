using System.Text.Json.Nodes;

namespace Subot.Simulator.Model;

/// <summary>Makes the bodies of Events API calls, with ids that no other run of the simulator gives.</summary>
internal sealed class EventBodies(AppIdentity app, TimeProvider time)
{
    private readonly string run = time.GetUtcNow().ToUnixTimeMilliseconds().ToString("X");
    private long last;

    public AppEvent Wrap(JsonObject @event)
    {
        var id = $"Ev{run}{Interlocked.Increment(ref last):X6}";
        var body = new JsonObject
        {
            ["type"] = "event_callback",
            ["token"] = "simulated-verification-token",
            ["team_id"] = app.TeamId,
            ["enterprise_id"] = null,
            ["api_app_id"] = app.AppId,
            ["event_id"] = id,
            ["event_time"] = time.GetUtcNow().ToUnixTimeSeconds(),
            ["event_context"] = "4-" + id,
            ["is_ext_shared_channel"] = false,
            ["authorizations"] = new JsonArray(new JsonObject
            {
                ["enterprise_id"] = null,
                ["team_id"] = app.TeamId,
                ["user_id"] = app.BotUserId,
                ["is_bot"] = true,
                ["is_enterprise_install"] = false,
            }),
            ["event"] = @event,
        };
        return new AppEvent(id, Json.Bytes(body));
    }
}
