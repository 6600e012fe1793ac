using System.ComponentModel;
using System.Globalization;
using Subot.Api.Access;
using Subot.Api.Answers;
using Subot.Api.Contracts.Settings;
using Subot.Api.Documenting;
using Subot.Api.Numbers;
using Subot.Domain;
using Subot.Domain.OnCall;
using Subot.Hosting.SettingsFiles;
using Subot.Storage;
using Subot.Storage.Settings;

namespace Subot.Api.Settings;

/// <summary>The settings, and what follows from them.</summary>
internal static class SettingsEndpoints
{
    private const int MostEntries = 200;
    private const int UsualEntries = 50;
    private const string ChannelAsked = "The channel, by id or name.";
    private const string FromAsked = "The first day (its local midnight), or an instant in ISO 8601.";
    private const string ToAsked = "The day (its local midnight) or instant before which it ends, at most a year and a day after from.";

    public static void MapSettings(this WebApplication app)
    {
        var settings = app.MapGroup("/v2").WithTags("Settings");
        settings.MapGet("/settings", ReadAsync).AnsweringTag();
        settings.MapPut("/settings", WriteAsync).Produces(StatusCodes.Status204NoContent).NeedingTag().AnsweringTag();
        settings.MapGet("/settings/log", LogAsync);
        settings.MapGet("/oncall", OnCallAsync);
        settings.MapGet("/calendar", CalendarAsync);
    }

    private static async Task<SettingsDocument> ReadAsync(
        HttpContext context, SettingsReading reading, ISettingsStore store, TimeProvider time, CancellationToken ct)
    {
        // The tag is that of what is read, not of what may be written in between.
        var number = await store.NewestSettingsAsync(ct);
        context.Response.Headers.ETag = TagOf(number);
        return SettingsWriter.Write(await reading.AtAsync(Ts.From(time.GetUtcNow()), ct));
    }

    /// <summary>
    /// Makes the settings those of a document, from now on, which is the whole. Tags and answers that are not in its lists are archived.
    /// </summary>
    private static async Task<IResult> WriteAsync(
        SettingsDocument document,
        HttpContext context,
        SettingsReading reading,
        SettingsEditor editor,
        ISettingsStore store,
        TimeProvider time,
        CancellationToken ct)
    {
        var seen = SeenBy(context);
        // Before all else: what is held to newer settings than were read looks wrong where nothing is.
        if (await store.NewestSettingsAsync(ct) != seen)
            throw Outdated();
        var now = Ts.From(time.GetUtcNow());
        var present = await reading.AtAsync(now, ct);
        if (await WholeSettings.ProblemsAsync(context.Request.Body, present, ct) is { Count: > 0 } slips)
            throw RefusedException.Bad(slips);
        var (settings, problems) = SettingsFile.Over(document, present);
        if (!settings.Templates.Equals(present.Templates))
            problems = [.. problems, "templates: the bot's own words are changed with 'subot settings import', which knows their places; leave them as they are here."];
        if (problems.Count > 0)
            throw RefusedException.Bad(problems);
        var change = await editor.ChangeAsync(before => SettingsFile.Over(document, before).Settings, context.WhoAsks().Author, now, ct, seen);
        if (change.IsOutdated)
            throw Outdated();
        if (change.Problems.Count > 0)
            throw RefusedException.Bad(change.Problems);
        context.Response.Headers.ETag = TagOf(change.Number);
        return Results.NoContent();
    }

    private static async Task<IReadOnlyList<SettingsEntry>> LogAsync(
        [Description("Entries, from 1 to 200; 50 if it is left out.")] int? limit, SettingsReading reading, CancellationToken ct)
    {
        if (limit is < 1 or > MostEntries)
            throw RefusedException.Bad($"limit: {limit} is not from 1 to {MostEntries}.");
        var entries = SettingsLog.Entries(await reading.HistoryAsync(ct), limit ?? UsualEntries);
        return [.. entries.Select(e => new SettingsEntry(
            e.Version.Number, e.Version.Author, e.Version.WrittenAt, e.Version.ValidFrom == Ts.Zero ? null : e.Version.ValidFrom.ToDateTimeOffset(), e.Changes))];
    }

    private static async Task<OnCallShifts> OnCallAsync(
        [Description(ChannelAsked)] string channel,
        [Description(FromAsked)] string from,
        [Description(ToAsked)] string to,
        HttpContext context,
        NumbersQuestions questions,
        PeopleNames people,
        CancellationToken ct)
    {
        var question = await PeriodAsync(channel, from, to, context, questions, ct);
        var shifts = OnCallHistory.Of(question.Settings).Shifts(question.Query.Channels[0], question.Query.From, question.Query.To);
        List<OnCallShift> told = [.. shifts.Select(s => new OnCallShift(s.From.ToDateTimeOffset(), s.To.ToDateTimeOffset(), s.User))];
        return new OnCallShifts(question.Scope.Channels[0], question.Scope.TimeZone, told, await people.OfAsync(told.Select(s => s.User), ct));
    }

    private static async Task<WorkingSlots> CalendarAsync(
        [Description(ChannelAsked)] string channel,
        [Description(FromAsked)] string from,
        [Description(ToAsked)] string to,
        HttpContext context,
        NumbersQuestions questions,
        CancellationToken ct)
    {
        var question = await PeriodAsync(channel, from, to, context, questions, ct);
        var (id, history) = (question.Query.Channels[0], question.Settings);
        // Other settings may hold from within the period on.
        List<Ts> bounds = [.. SettingsEditor.Instants(history, question.Query.From).Where(i => i < question.Query.To).Distinct().Order(), question.Query.To];
        var slots = bounds.Zip(bounds.Skip(1)).SelectMany(b => history.ClockOf(history.At(b.First), id).Worked(b.First, b.Second));
        var zone = history.At(bounds[^2]).Settings.CalendarOf(id).TimeZone;
        return new WorkingSlots(id.Value, zone, [.. slots.Select(s => new WorkingSlot(s.From.ToDateTimeOffset(), s.To.ToDateTimeOffset()))]);
    }

    /// <summary>A channel, and at most a year and a day.</summary>
    private static async Task<NumbersQuestion> PeriodAsync(
        string channel, string from, string to, HttpContext context, NumbersQuestions questions, CancellationToken ct)
    {
        var question = await questions.ReadAsync(new NumbersParameters { Channels = [channel], From = from, To = to }, context, ct);
        if (question.Query.To - question.Query.From > 367 * 86400 * Ts.Second)
            throw RefusedException.Bad("That is more than a year: take a shorter period.");
        return question;
    }

    private static RefusedException Outdated() =>
        new(StatusCodes.Status412PreconditionFailed, "Somebody else has changed the settings since you read them: read them again, and put your change into what is there now.");

    private static string TagOf(int number) => $"\"{number.ToString(CultureInfo.InvariantCulture)}\"";

    /// <summary>The version that the writer has read: without it a change of somebody else would be lost.</summary>
    private static int SeenBy(HttpContext context)
    {
        var tag = context.Request.Headers.IfMatch.ToString();
        if (tag.Length == 0)
            throw new RefusedException(StatusCodes.Status428PreconditionRequired, "Send the ETag of the settings that you read as If-Match, so that nobody's change is lost.");
        // Proxies that compress answers make a weak tag of it.
        var text = tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag;
        return int.TryParse(text.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new RefusedException(StatusCodes.Status428PreconditionRequired, $"If-Match: {Quoted.Of(tag)} is no ETag of the settings. Send the one that GET /v2/settings answered with, such as {TagOf(12)}, so that nobody's change is lost.");
    }
}
