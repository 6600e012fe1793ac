using System.ComponentModel;
using Subot.Api.Access;
using Subot.Api.Answers;
using Subot.Api.Contracts;
using Subot.Api.Contracts.Numbers;
using Subot.Api.Documenting;
using Subot.Domain;
using Subot.Domain.Numbers;
using Subot.Domain.Settings;
using Subot.Storage;

namespace Subot.Api.Numbers;

/// <summary>The numbers.</summary>
internal static class NumbersEndpoints
{
    public static void MapNumbers(this WebApplication app)
    {
        var numbers = app.MapGroup("/v2").WithTags("Numbers");
        numbers.MapGet("/channels", ChannelsAsync);
        numbers.MapGet("/summary", SummaryAsync);
        numbers.MapGet("/series", SeriesAsync).Needing("from", "to");
        numbers.MapGet("/distribution/{duration}", DistributionAsync);
        numbers.MapGet("/heatmap", HeatMapAsync).Needing("from");
        numbers.MapGet("/backlog", BacklogAsync).Needing("from", "to");
        numbers.MapGet("/breakdown/{dimension}", BreakdownAsync);
    }

    private static async Task<IReadOnlyList<Channel>> ChannelsAsync(IThreadStore store, CancellationToken ct) =>
        [.. (await store.ChannelsAsync(ct)).Select(c => new Channel(c.Id.Value, c.Name, c.CompleteUntil.ToDateTimeOffset(), c.ComparedUntil.ToDateTimeOffset()))];

    private static async Task<Summary> SummaryAsync(
        [AsParameters] NumbersParameters asked, HttpContext context, NumbersQuestions questions, INumbersStore store, CancellationToken ct)
    {
        var question = await questions.ReadAsync(asked, context, ct);
        return new Summary(question.Scope, RequestNumbers.Of(await store.NumbersAsync(question.Query, question.Settings, ct)));
    }

    private static async Task<Series> SeriesAsync(
        [AsParameters] NumbersParameters asked,
        [OneOf(typeof(Step)), Description("day, week (the default) or month; 400 of them at most.")] string? step,
        HttpContext context,
        NumbersQuestions questions,
        INumbersStore store,
        CancellationToken ct)
    {
        var question = await questions.ReadAsync(asked, context, ct);
        var size = Word.Parse<Step>(step ?? "week") ?? throw RefusedException.Bad($"step: {Quoted.Of(step!)} is none; {Choices.Of<Step>()}");
        var steps = Steps.Of(question, size);
        var numbers = await store.SeriesAsync(question.Query, steps, question.Settings, ct);
        return new Series(question.Scope, size, [.. steps.Zip(numbers, (s, n) => new SeriesPoint(s.From.ToDateTimeOffset(), s.To.ToDateTimeOffset(), RequestNumbers.Of(n)))]);
    }

    private static async Task<Distribution> DistributionAsync(
        [OneOf(typeof(DurationName)), Description("A duration such as first_response_working.")] string duration,
        [AsParameters] NumbersParameters asked,
        HttpContext context,
        NumbersQuestions questions,
        INumbersStore store,
        CancellationToken ct)
    {
        var kind = Word.Parse<DurationName>(duration) ?? throw RefusedException.Bad($"{Quoted.Of(duration)} is no duration; {Choices.Of<DurationName>()}");
        var question = await questions.ReadAsync(asked, context, ct);
        var numbers = kind.Of(await store.NumbersAsync(question.Query, question.Settings, ct));
        return new Distribution(question.Scope, duration, Durations.Of(numbers), [.. numbers.Classes.Select((n, i) => new DurationClass(DurationClasses.From(i), DurationClasses.To(i), n))]);
    }

    private static async Task<HeatMap> HeatMapAsync(
        [AsParameters] NumbersParameters asked, HttpContext context, NumbersQuestions questions, INumbersStore store, CancellationToken ct)
    {
        var question = await questions.ReadAsync(asked, context, ct);
        var query = question.Query;
        var requests = (await store.NumbersAsync(query, question.Settings, ct)).RequestsByHourOfWeek;
        if (query.From == Ts.Zero)
            throw RefusedException.Bad("Say from when: 'from' is needed here.");
        return new HeatMap(
            question.Scope,
            requests,
            BusiestHours.Occurrences(query.From, query.To < query.AsOf ? query.To : query.AsOf, question.Zone),
            [.. BusiestHours.Of(requests, query.From, query.To, query.AsOf, question.Zone).Select(Rounded.To6)]);
    }

    private static async Task<Backlog> BacklogAsync(
        [AsParameters] NumbersParameters asked, HttpContext context, NumbersQuestions questions, INumbersStore store, CancellationToken ct)
    {
        var question = await questions.ReadAsync(asked, context, ct);
        if (!question.Query.Filter.IsEmpty)
            throw RefusedException.Bad("The backlog counts all open requests: leave the filters out, but for the channels.");
        // Nothing is known of the days to come, nor of those before clocks begin.
        List<Ts> days = [.. Steps.Of(question, Step.Day).Select(s => s.From).Where(d => d > Ts.Zero && d <= question.Query.AsOf)];
        var open = await store.BacklogAsync(question.Query.Channels, [.. days.Select(d => (uint)d.CeilingSeconds)], ct);
        return new Backlog(question.Scope, [.. days.Zip(open, (day, n) => new BacklogPoint(day.ToDateTimeOffset(), n))]);
    }

    private static async Task<Breakdown> BreakdownAsync(
        [OneOf(typeof(NumbersDimension)), Description("tool, label or answer; requester or responder for admins.")] string dimension,
        [AsParameters] NumbersParameters asked,
        HttpContext context,
        NumbersQuestions questions,
        INumbersStore store,
        PeopleNames people,
        CancellationToken ct)
    {
        var by = Word.Parse<NumbersDimension>(dimension) ?? throw RefusedException.Bad($"{Quoted.Of(dimension)} is no dimension; {Choices.Of<NumbersDimension>()}");
        var byPerson = by is NumbersDimension.Requester or NumbersDimension.Responder;
        if (byPerson)
            context.RequireAdmin("Numbers by person");
        var question = await questions.ReadAsync(asked, context, ct);
        var parts = await store.BreakdownAsync(question.Query, by, question.Settings, ct);
        var settings = question.Settings.At(question.Query.AsOf).Settings;
        var named = await people.OfAsync(byPerson ? parts.Select(p => p.Value) : [], ct);
        return new Breakdown(question.Scope, by, [.. parts.Select(p => new BreakdownPart(p.Value, NameOf(by, p.Value, settings, named), RequestNumbers.Of(p.Numbers)))], named);
    }

    private static string? NameOf(NumbersDimension by, string? id, TeamSettings settings, IReadOnlyDictionary<string, NamedPerson> people) => by switch
    {
        NumbersDimension.Tool => settings.Tools.FirstOrDefault(t => t.Id == id)?.Name,
        NumbersDimension.Label => settings.Labels.FirstOrDefault(t => t.Id == id)?.Name,
        NumbersDimension.Requester or NumbersDimension.Responder when id is not null => people.GetValueOrDefault(id)?.Name,
        _ => null,
    };
}
