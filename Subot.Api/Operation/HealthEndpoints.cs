using Subot.Storage;

namespace Subot.Api.Operation;

/// <summary>What a supervisor asks.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/ping", () => Results.Json(new { message = "pong" }));
        app.MapGet("/health/live", () => Results.Text("ok"));
        app.MapGet("/health/ready", ReadyAsync);
    }

    private static async Task<IResult> ReadyAsync(IStore store, CancellationToken ct)
    {
        try
        {
            await store.NewestSettingsAsync(ct);
            return Results.Text("ok");
        }
        catch (StoreException e)
        {
            return Results.Text(e.Message, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
