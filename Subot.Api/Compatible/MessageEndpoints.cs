using Subot.Api.Access;
using Subot.Domain;

namespace Subot.Api.Compatible;

/// <summary>What admins say of messages.</summary>
internal static class MessageEndpoints
{
    public static void MapMessages(this WebApplication app)
    {
        app.MapPut("/v1/admin/messages/{ts}", async (string ts, HttpContext context, MessageCorrections corrections, CancellationToken ct) =>
        {
            await corrections.CorrectAsync(ts, await CompatibleJson.ReadAsync<MessageBody>(context, ct), AuthorOf(context), ct);
            await CompatibleJson.WriteDoneAsync(context);
        });
        app.MapDelete("/v1/admin/messages/{ts}", async (string ts, HttpContext context, MessageCorrections corrections, CancellationToken ct) =>
        {
            await corrections.DismissAsync(ts, AuthorOf(context), ct);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        });
    }

    private static UserId AuthorOf(HttpContext context) => new(context.WhoAsks().Author);
}
