using System.Globalization;
using System.Text.Json;
using Subot.Domain;

namespace Subot.Api.Compatible;

/// <summary>The requests of a period and what they add up to.</summary>
internal static class AnalyticsEndpoint
{
    private const string DayForm = "yyyy-MM-dd";
    private const string FirstDay = "2019-01-01";
    private const int MessagesAtOnce = 50;

    public static void MapAnalytics(this WebApplication app) =>
        // It is sent as it is read, and takes as long as it takes.
        app.MapGet("/v1/analytics", AnswerAsync).DisableRequestTimeout();

    private static async Task AnswerAsync(HttpContext context, Analytics analytics, TimeProvider time, CancellationToken ct)
    {
        var start = context.Request.Query["start"].FirstOrDefault() ?? FirstDay;
        var end = context.Request.Query["end"].FirstOrDefault() ?? time.GetUtcNow().ToString(DayForm, CultureInfo.InvariantCulture);
        // Nobody asks who is on call in a century, and it would take long to say.
        var (from, to) = (MidnightOf(start), Earlier(MidnightOf(end), Ts.From(time.GetUtcNow().AddYears(1))));
        var (messages, sums) = (analytics.MessagesAsync(from, to, ct), new AnalyticsSums());
        await using var message = messages.GetAsyncEnumerator(ct);
        var any = await message.MoveNextAsync();
        var firemen = await analytics.FiremenAsync(from, to, ct);

        // However long the period is, a part of it at a time is read and sent.
        context.Response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteStartObject("analytics");
        json.WriteNumber("id", 0);
        json.WritePropertyName("messages");
        if (any)
            json.WriteStartArray();
        else
            json.WriteNullValue();
        for (var more = any; more; more = await message.MoveNextAsync())
        {
            sums.Add(message.Current);
            JsonSerializer.Serialize(json, message.Current.Shape, CompatibleJson.Options);
            if (sums.Messages % MessagesAtOnce != 0)
                continue;
            await json.FlushAsync(ct);
            await context.Response.BodyWriter.FlushAsync(ct);
        }

        if (any)
            json.WriteEndArray();
        json.WriteNumber("response_time", sums.ResponseMinutes);
        json.WriteNumber("resolution_time", 0);
        json.WriteNumber("resolution_rate", sums.FixedPercent);
        json.WritePropertyName("firemen");
        JsonSerializer.Serialize(json, firemen.Count == 0 ? null : firemen, CompatibleJson.Options);
        json.WriteString("start", start);
        json.WriteString("end", end);
        json.WriteEndObject();
        json.WriteString("end", end);
        json.WriteString("start", start);
        json.WriteEndObject();
    }

    private static Ts Earlier(Ts one, Ts other) => one < other ? one : other;

    /// <summary>
    /// The beginning of a day in UTC. The end of a period is not part of it: the first Subot's frontend asks up to a Sunday that it never
    /// sees.
    /// </summary>
    private static Ts MidnightOf(string day) => DateOnly.TryParseExact(day, DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 1970 and < 2286
        ? Ts.From(new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero))
        : throw CompatibleSettings.Refused($"'{day}' is no date; write for example 2026-11-23");
}
