using Subot.Api.Access;
using Subot.Api.Answers;
using Subot.Api.Contracts.Privacy;
using Subot.Api.Documenting;
using Subot.Domain;
using Subot.Storage;
using Subot.Storage.Privacy;

namespace Subot.Api.Privacy;

/// <summary>Forgetting: asked for here, done by the bot that runs on the store.</summary>
internal static class PrivacyEndpoints
{
    public static void MapPrivacy(this WebApplication app)
    {
        var privacy = app.MapGroup("/v2").WithTags("Privacy");
        privacy.MapGet("/forgetting", LogAsync);
        // Looking through all threads takes a minute for some millions.
        privacy.MapPost("/forgetting", AskAsync).Produces<ForgetPreview>().Produces<ForgetEntry>(StatusCodes.Status202Accepted)
            .Showing(new ForgetWish("U0ANN", DryRun: true)).DisableRequestTimeout();
    }

    private static async Task<IReadOnlyList<ForgetEntry>> LogAsync(IPrivacyStore store, CancellationToken ct) =>
        [.. (await store.PrivacyRequestsAsync(ct)).Select(Entry)];

    private static async Task<IResult> AskAsync(
        ForgetWish wish, HttpContext context, IStore store, PrivacyRequests requests, CancellationToken ct)
    {
        var author = context.WhoAsks().Author;
        switch (wish)
        {
            case { Person: { } person, TextsBefore: null }:
                if (!UserId.IsOne(person))
                    throw RefusedException.Bad($"person: {Quoted.Of(person)} is no user id of Slack's; write for example U0ANN.");
                var id = new UserId(person);
                return wish.DryRun
                    ? Results.Ok(Preview(await ErasureSearch.PreviewAsync(store, id, ct)))
                    : Results.Accepted("/v2/forgetting", Entry(await requests.EraseAsync(id, author, ct)));
            case { Person: null, TextsBefore: { } instant }:
                var before = Ts.From(instant);
                return wish.DryRun
                    ? Results.Ok(new ForgetPreview { Texts = await store.CountTextsAsync(Ts.Zero, before, ct) })
                    : Results.Accepted("/v2/forgetting", Entry(await requests.ForgetTextsAsync(before, author, ct)));
            default:
                throw RefusedException.Bad("Name either person, whom to erase, or texts_before, the instant before which texts are to be forgotten.");
        }
    }

    private static ForgetPreview Preview(ErasurePreview preview) => new()
    {
        Name = preview.Name,
        Threads = preview.Threads,
        Messages = preview.Messages,
        Texts = preview.Texts,
        Mentions = preview.Mentions,
        Settings = preview.Settings,
        NamedThreads = preview.NamedThreads,
        Named = [.. preview.Named.Select(t => new NamedThread(t.Channel.Value, t.Root.ToString()))],
    };

    private static ForgetEntry Entry(PrivacyRequest request) => new(
        request.Id,
        request.Author,
        request.AskedAt,
        request.Erasure?.Pseudonym.Value,
        request.TextsBefore?.ToDateTimeOffset(),
        request.DoneAt,
        request.CompactedAt,
        request.Threads,
        request.Texts);
}
