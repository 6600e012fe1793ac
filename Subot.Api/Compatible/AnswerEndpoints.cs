using Subot.Domain.Settings;
using Subot.Domain.Values;
using Subot.Storage.Settings;

namespace Subot.Api.Compatible;

/// <summary>Automatic answers.</summary>
internal static class AnswerEndpoints
{
    public static void MapAnswers(this WebApplication app)
    {
        app.MapGet("/v1/answers", async (HttpContext context, CompatibleSettings settings, CancellationToken ct) =>
            await CompatibleJson.WriteListAsync(context, Shapes(await settings.NowAsync(ct))));
        app.MapPost("/v1/admin/answers/new", async (HttpContext context, CompatibleSettings settings, CancellationToken ct) =>
        {
            var body = await CompatibleJson.ReadAsync<AnswerBody>(context, ct);
            await settings.ChangeAsync(context, s => Put(s, null, body), ct);
            await CompatibleJson.WriteDoneAsync(context, StatusCodes.Status201Created);
        });
        app.MapPut("/v1/admin/answers/{id}", async (string id, HttpContext context, CompatibleSettings settings, CancellationToken ct) =>
        {
            var body = await CompatibleJson.ReadAsync<AnswerBody>(context, ct);
            await settings.ChangeAsync(context, s => Put(s, id, body), ct);
            await CompatibleJson.WriteDoneAsync(context);
        });
        app.MapDelete("/v1/admin/answers/{id}", async (string id, HttpContext context, CompatibleSettings settings, CancellationToken ct) =>
        {
            await settings.ChangeAsync(context, s => Delete(s, id), ct);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        });
    }

    private static IReadOnlyList<AnswerShape> Shapes(TeamSettings settings) =>
        [.. settings.Answers.Where(a => !a.Archived).Select(a => new AnswerShape(a.Id, NameOf(settings.Tools, a.Tool), NameOf(settings.Labels, a.Label), a.Text, a.Feedback))];

    private static TeamSettings Put(TeamSettings settings, string? id, AnswerBody body)
    {
        if (string.IsNullOrWhiteSpace(body.Answer))
            throw CompatibleSettings.Refused("no answer provided");
        var (tool, label) = (Find(settings.Tools, body.Tool, "tool"), Find(settings.Labels, body.Label, "label"));
        var known = settings.Answers.FirstOrDefault(a => a.Id == id);
        var answer = (known ?? new Answer(id ?? NewId(settings, tool, label), tool, label, body.Answer)) with
        {
            Tool = tool,
            Label = label,
            Text = body.Answer,
            Feedback = body.Feedback ?? false,
            Archived = false,
        };
        return settings with { Answers = known is null ? [.. settings.Answers, answer] : [.. settings.Answers.Select(a => a == known ? answer : a)] };
    }

    private static TeamSettings Delete(TeamSettings settings, string id)
    {
        var known = settings.Answers.FirstOrDefault(a => a.Id == id && !a.Archived) ?? throw CompatibleSettings.Unknown(id);
        return settings with { Answers = [.. settings.Answers.Select(a => a == known ? a with { Archived = true } : a)] };
    }

    private static string NewId(TeamSettings settings, string? tool, string? label) =>
        SettingsReader.FreeId(string.Join(' ', tool, label), "general", settings.Answers.Select(a => a.Id));

    private static string? NameOf(ValueList<Tag> tags, string? id) => id is null ? null : tags.FirstOrDefault(t => t.Id == id)?.Name ?? id;

    /// <summary>The id of a tool or label; names are to be written as they are.</summary>
    private static string? Find(ValueList<Tag> tags, string? name, string kind) => string.IsNullOrEmpty(name) ? null
        : tags.FirstOrDefault(t => !t.Archived && t.Name == name)?.Id ?? throw CompatibleSettings.Refused($"specified {kind} does not exist");
}
