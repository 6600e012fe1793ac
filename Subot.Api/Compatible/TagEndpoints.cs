namespace Subot.Api.Compatible;

/// <summary>Tools and labels.</summary>
internal static class TagEndpoints
{
    /// <param name="plural">As it stands in the addresses.</param>
    public static void MapTags(this WebApplication app, string plural, TagKind kind)
    {
        app.MapGet($"/v1/{plural}", async (HttpContext context, CompatibleSettings settings, CancellationToken ct) =>
        {
            var tags = kind.Shapes(await settings.NowAsync(ct));
            // The frontend needs a list of tools, and can do without one of labels.
            await (kind == TagKind.Tool ? CompatibleJson.WriteAsync(context, tags) : CompatibleJson.WriteListAsync(context, tags));
        });
        app.MapPost($"/v1/admin/{plural}/new", async (HttpContext context, CompatibleSettings settings, CancellationToken ct) =>
        {
            var body = await CompatibleJson.ReadAsync<TagBody>(context, ct);
            await settings.ChangeAsync(context, s => kind.Put(s, body.Id, body), ct);
            await CompatibleJson.WriteDoneAsync(context, StatusCodes.Status201Created);
        });
        app.MapPut($"/v1/admin/{plural}/{{id}}", async (string id, HttpContext context, CompatibleSettings settings, CancellationToken ct) =>
        {
            var body = await CompatibleJson.ReadAsync<TagBody>(context, ct);
            await settings.ChangeAsync(context, s => kind.Put(s, id, body), ct);
            await CompatibleJson.WriteDoneAsync(context);
        });
        app.MapDelete($"/v1/admin/{plural}/{{id}}", async (string id, HttpContext context, CompatibleSettings settings, CancellationToken ct) =>
        {
            await settings.ChangeAsync(context, s => kind.Delete(s, id), ct);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        });
    }
}
