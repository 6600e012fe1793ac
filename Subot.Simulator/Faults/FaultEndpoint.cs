using System.Text.Json;
using System.Text.Json.Nodes;
using Subot.Simulator.SocketMode;
using Subot.Simulator.WebApi;

namespace Subot.Simulator.Faults;

/// <summary>
/// POST /faults changes the faults its body names, GET shows them, DELETE clears them. Besides the lasting faults a body may
/// order something at once: "drop": true, "silence": true, "disconnect": "warning" (or another reason).
/// </summary>
internal sealed class FaultEndpoint(FaultBox faults, SocketHub hub)
{
    private const string JsonType = "application/json";
    private static readonly string[] Orders = ["drop", "silence", "disconnect"];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/faults", Shown);
        routes.MapPost("/faults", ChangeAsync);
        routes.MapDelete("/faults", () =>
        {
            faults.Settings = new FaultSettings();
            return Shown();
        });
    }

    private async Task<IResult> ChangeAsync(HttpRequest request)
    {
        if (Json.TryObject(await request.ReadBytesAsync(request.HttpContext.RequestAborted)) is not { } wanted)
            return Refused("The body is no JSON object.");
        var orders = Orders.Where(wanted.ContainsKey).ToDictionary(order => order, order => wanted[order]);
        foreach (var order in orders.Keys)
            wanted.Remove(order);
        if (wanted.Count > 0 && Change(wanted) is { } error)
            return Refused(error);
        if (orders.GetValueOrDefault("disconnect") is JsonValue reason)
            hub.DisconnectAll(reason.ToString());
        if (orders.ContainsKey("silence"))
            hub.SilenceAll();
        if (orders.ContainsKey("drop"))
            hub.DropAll();
        return Shown();
    }

    private string? Change(JsonObject wanted)
    {
        try
        {
            var merged = JsonSerializer.SerializeToNode(faults.Settings, FaultJson.Default.FaultSettings)!.AsObject();
            foreach (var (name, value) in wanted)
                merged[name] = value?.DeepClone();
            faults.Settings = merged.Deserialize(FaultJson.Default.FaultSettings)!;
            return null;
        }
        catch (JsonException exception)
        {
            return exception.Message;
        }
    }

    private IResult Shown() => Results.Text(JsonSerializer.Serialize(faults.Settings, FaultJson.Default.FaultSettings), JsonType);

    private static IResult Refused(string error) =>
        Results.Text(Answer.Error(error).ToJsonString(), JsonType, statusCode: StatusCodes.Status400BadRequest);
}
