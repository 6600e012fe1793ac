using System.ComponentModel;
using Subot.Api.Access;
using Subot.Api.Answers;
using Subot.Api.Contracts.Threads;
using Subot.Api.Documenting;
using Subot.Api.Settings;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Storage;

namespace Subot.Api.Threads;

/// <summary>Corrections of threads: each becomes a fact with the name of who said it, which the bot's loop applies.</summary>
internal static class CorrectionEndpoints
{
    public static void MapCorrections(this WebApplication app) =>
        app.MapPost("/v2/threads/{channel}/{ts}/corrections", CorrectAsync).WithTags("Threads").Produces<ThreadDetail>(StatusCodes.Status202Accepted)
            .Showing(new Correction { Says = CorrectionKind.Solve });

    /// <summary>Hands a correction over, and answers with the thread as it will be when it is applied.</summary>
    private static async Task<IResult> CorrectAsync(
        [Description(ThreadEndpoints.ChannelPart)] string channel,
        [Description(ThreadEndpoints.TsPart)] string ts,
        Correction correction,
        HttpContext context,
        IThreadStore store,
        ThreadReading reading,
        CorrectionInbox inbox,
        ThreadDetails details,
        SettingsReading settings,
        TimeProvider time,
        CancellationToken ct)
    {
        var (history, now) = (await settings.HistoryAsync(ct), Ts.From(time.GetUtcNow()));
        var thread = await ThreadEndpoints.FindAsync(channel, ts, store, reading, history, ct);
        var key = thread.State.Key;
        var other = correction.Of is { } of ? await OtherAsync(ThreadEndpoints.KeyOf(key.Channel, of)) : null;
        var fact = CorrectionRules.FactOf(correction, thread.State, other?.State, history.At(now).Settings, new UserId(context.WhoAsks().Author));
        await inbox.PostAsync(thread.State, [fact], now, ct);
        thread = await reading.FindAsync([key], history, ct) ?? throw ThreadEndpoints.NoThread(key);
        return Results.Json(await details.OfAsync(thread, history, ct), statusCode: StatusCodes.Status202Accepted);

        async Task<ReadThread> OtherAsync(ThreadKey same) => await reading.FindAsync([same], history, ct) ?? throw RefusedException.Bad($"of: there is no thread {same.Root} in {same.Channel}.");
    }
}
