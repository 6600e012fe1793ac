using System.Text.Json.Nodes;
using Subot.Simulator.WebApi;

namespace Subot.Simulator.Page;

/// <summary>The page at / and what it asks for. Its files are part of the program, so that it is served wherever that starts.</summary>
internal sealed class PageEndpoint(PageState state, PageFeed feed, PageActions actions)
{
    private const string FilePrefix = "wwwroot/";

    public void Map(IEndpointRouteBuilder routes)
    {
        feed.Start();
        routes.MapGet("/", () => File("index.html"));
        routes.MapGet("/assets/{name}", File);
        routes.MapGet("/archives/{channel}/{message}", (string channel, string message, string? thread_ts) =>
            Results.Redirect(AddressOf(channel, message, thread_ts)));
        routes.MapGet("/page/messages", (string channel, string? before, string? since, string? viewer) =>
            Shown(state.Messages(channel, before, since, viewer)));
        routes.MapGet("/page/thread", (string channel, string ts) => Shown(state.Thread(channel, ts)));
        routes.MapGet("/page/views", (string user) => Shown(state.ViewsOf(user)));
        routes.MapGet("/page/events", feed.ServeAsync);
        routes.MapPost("/page/act", ActAsync);
    }

    /// <summary>The page's own address of a permalink: the message, after the thread it is in.</summary>
    private static string AddressOf(string channel, string message, string? thread) =>
        $"/#{string.Join('/', new[] { channel, thread, message }.OfType<string>().Select(Uri.EscapeDataString))}";

    private async Task<IResult> ActAsync(HttpRequest request)
    {
        var cancellationToken = request.HttpContext.RequestAborted;
        if (Json.TryObject(await request.ReadBytesAsync(cancellationToken)) is not { } act)
            return Results.BadRequest();
        return Shown(await actions.RunAsync(act, cancellationToken));
    }

    private static IResult Shown(JsonObject? json) =>
        json is null ? Results.NotFound() : Results.Bytes(Json.Bytes(json), "application/json; charset=utf-8");

    private static IResult File(string name)
    {
        var stream = typeof(PageEndpoint).Assembly.GetManifestResourceStream(FilePrefix + name);
        return stream is null ? Results.NotFound() : Results.Stream(stream, ContentType(name));
    }

    private static string ContentType(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        _ => "image/svg+xml",
    };
}
