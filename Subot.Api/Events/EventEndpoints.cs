using System.ComponentModel;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Subot.Api.Access;
using Subot.Api.Contracts;
using Subot.Api.Contracts.Threads;
using Subot.Api.Numbers;
using Subot.Api.SignIn;
using Subot.Domain;
using Subot.Storage;

namespace Subot.Api.Events;

/// <summary>Tells pages that are open when to ask again, as server-sent events.</summary>
internal static class EventEndpoints
{
    // Proxies mostly close a connection on which nothing is said for a minute.
    private static readonly TimeSpan s_heartbeat = TimeSpan.FromSeconds(15);

    public static void AddEvents(this IServiceCollection services)
    {
        services.AddSingleton<ChangeWatch>();
        services.AddHostedService(all => all.GetRequiredService<ChangeWatch>());
    }

    public static void MapEvents(this WebApplication app) => app.MapGet("/v2/events", StreamAsync).WithTags("Threads")
        .Produces<ThreadsChanged>(StatusCodes.Status200OK, "text/event-stream").DisableRequestTimeout();

    private static async Task StreamAsync(
        [FromQuery(Name = "channel"), Description("A channel, by id or name; none: all.")] string[]? channels,
        HttpContext context,
        NumbersQuestions questions,
        IChanges store,
        ChangeWatch watch,
        EndedSessions sessions,
        IHostApplicationLifetime lifetime,
        CancellationToken ct)
    {
        var asked = (await questions.ReadAsync(new NumbersParameters { Channels = channels }, context, ct)).Query.Channels;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct, lifetime.ApplicationStopping);
        using var listener = await watch.ListenAsync(WhoListens(context), ending.Token);
        context.Response.ContentType = "text/event-stream";
        // nginx would keep events until there are many.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            // Whoever comes, or comes back after a break, may have missed something.
            await SendAsync(context.Response, [.. asked], (await store.ChangesAsync(null, ending.Token)).Newest, ending.Token);
            while (true)
            {
                var changed = await listener.NextAsync(s_heartbeat, ending.Token);
                if (sessions.IsOver(context.User))
                    return;
                var told = changed?.Channels.Where(c => channels is not { Length: > 0 } || asked.Contains(c)).ToList() ?? [];
                if (told.Count > 0)
                    await SendAsync(context.Response, told, changed!.Value.Newest, ending.Token);
                else if (changed is null)
                    await WriteAsync(context.Response, ":\n\n", ending.Token);
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The page is closed, or the API ends: a page that is still open comes back by itself.
        }
    }

    private static string WhoListens(HttpContext context) =>
        context.WhoAsks() is { Name.Length: > 0 } visitor ? visitor.Author : Network.Of(context.Connection.RemoteIpAddress);

    private static Task SendAsync(HttpResponse response, IReadOnlyList<ChannelId> channels, Ts newest, CancellationToken ct)
    {
        var changed = new ThreadsChanged([.. channels.Select(c => c.Value)], newest == Ts.Zero ? null : newest.ToDateTimeOffset());
        return WriteAsync(response, $"event: threads\ndata: {JsonSerializer.Serialize(changed, ApiJson.Options)}\n\n", ct);
    }

    private static async Task WriteAsync(HttpResponse response, string text, CancellationToken ct)
    {
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
        await response.Body.FlushAsync(ct);
    }
}
