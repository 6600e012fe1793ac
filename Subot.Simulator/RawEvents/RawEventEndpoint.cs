using System.Text.Json.Nodes;
using Subot.Simulator.Model;
using Subot.Simulator.SocketMode;
using Subot.Simulator.WebApi;

namespace Subot.Simulator.RawEvents;

/// <summary>
/// POST /event takes the body of an Events API call and delivers it over the socket as it is; POST /events takes many, one
/// a line. With ?window=N at most N of them are unacknowledged at a time; with ?record=false history does not show them.
/// </summary>
internal sealed class RawEventEndpoint(SocketHub hub, EventRecorder recorder)
{
    private const string JsonType = "application/json";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/event", TakeOneAsync);
        routes.MapPost("/events", TakeManyAsync);
    }

    private async Task<IResult> TakeOneAsync(HttpRequest request)
    {
        var bytes = await request.ReadBytesAsync(request.HttpContext.RequestAborted);
        if (Json.TryNode(bytes) is not JsonObject body)
            return Results.Text("""{"ok":false,"error":"The body is no JSON object."}""", JsonType, statusCode: StatusCodes.Status400BadRequest);
        var recorded = IsRecorded(request) ? Record(body) : null;
        var connections = hub.ConnectionCount;
        hub.Deliver(new AppEvent(body.Text("event_id") ?? "", bytes));
        var answer = Answer.Ok(new JsonObject
        {
            ["event_id"] = body.Text("event_id"),
            ["recorded"] = recorded,
            ["connections"] = connections,
            ["delivery"] = connections > 0 ? "sent" : "No app is connected: kept for redelivery.",
        });
        return Results.Text(answer.ToJsonString(), JsonType);
    }

    private async Task<IResult> TakeManyAsync(HttpRequest request)
    {
        var cancellationToken = request.HttpContext.RequestAborted;
        var window = int.TryParse(request.Query["window"], out var given) && given > 0 ? given : int.MaxValue;
        var isRecorded = IsRecorded(request);
        var (taken, refused) = (0, 0);
        await foreach (var line in Lines.ReadAsync(request.BodyReader, cancellationToken))
        {
            // Without recording the line itself is all that is needed: the fast way for loads.
            var body = isRecorded ? Json.TryNode(line) as JsonObject : null;
            if (isRecorded && body is null)
            {
                refused++;
                continue;
            }
            if (body is not null)
                Record(body);
            if (hub.Outstanding >= window)
                await hub.WaitUntilAtMostAsync(window / 2, cancellationToken);
            hub.Deliver(new AppEvent("", line));
            taken++;
        }
        return Results.Text(Answer.Ok(new JsonObject { ["taken"] = taken, ["refused"] = refused }).ToJsonString(), JsonType);
    }

    private string? Record(JsonObject body) => body["event"] is JsonObject @event ? recorder.Record(@event) : null;

    private static bool IsRecorded(HttpRequest request) => request.Query["record"] != "false";
}
