using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;
using Subot.Api.Contracts;
using Subot.Api.Contracts.Numbers;
using Subot.Bot.Reports;
using Subot.Bot.Slash;
using Subot.Domain;
using Subot.Domain.Numbers;
using Subot.Domain.Settings;
using Subot.Domain.Values;
using Subot.Hosting;

namespace Subot.Bot.Commands;

/// <summary>The numbers of a channel.</summary>
internal static class StatsCommand
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    public static Command Create()
    {
        var channel = ChannelQuestion.Channel();
        var from = new Option<string?>("--from") { Description = "Requests whose root lies at or after this date or moment", HelpName = "DATE" };
        var to = new Option<string?>("--to") { Description = "Requests whose root lies before this date or moment", HelpName = "DATE" };
        var asOf = new Option<string?>("--as-of") { Description = "Judge everything as it stood at this instant", HelpName = "INSTANT" };
        var tool = new Option<string[]>("--tool") { Description = "Requests with this tool alone, by name or id; several times: with one of them", HelpName = "TOOL" };
        var label = new Option<string[]>("--label") { Description = "Requests with this label alone, by name or id; several times: with one of them", HelpName = "LABEL" };
        var json = new Option<bool>("--json") { Description = "Print JSON" };
        var data = CommonOptions.Data();
        var command = new Command("stats", "Show the numbers of a channel.") { channel, from, to, asOf, tool, label, json, data };
        command.SetAction((parsed, ct) => CommonOptions.GuardAsync(async () =>
        {
            await using var store = await CommonOptions.OpenExistingAsync(parsed.GetValue(data), ct);
            var settings = await store.SettingsAsync(ct);
            var record = await ChannelQuestion.FindAsync(store, parsed.GetValue(channel)!, ct);
            var zone = settings.Latest.Zone;
            var instant = ChannelQuestion.Instant(parsed.GetValue(asOf), zone);
            var (first, end) = ChannelQuestion.Period(parsed.GetValue(from), parsed.GetValue(to), zone);
            var query = new NumbersQuery(
                [record.Id],
                first,
                end,
                instant ?? record.CompleteUntil,
                new NumbersFilter
                {
                    Tools = Ids(parsed.GetValue(tool), settings.Latest.Settings.Tools, "tool"),
                    Labels = Ids(parsed.GetValue(label), settings.Latest.Settings.Labels, "label"),
                });
            var numbers = instant is null ? await store.NumbersAsync(query, settings, ct) : await AsItStood.NumbersAsync(store, query, settings, ct);
            if (parsed.GetValue(json))
                Console.WriteLine(Json(record.Name, query, zone, numbers).ToJsonString(s_indented));
            else
                AnsiConsole.Write(Table(record.Name, query, zone, numbers));
            return 0;
        }));
        return command;
    }

    private static List<string> Ids(IReadOnlyList<string>? names, ValueList<Tag> tags, string kind) =>
    [
        .. (names ?? []).Select(name =>
            (tags.FirstOrDefault(t => t.Id == name) ?? tags.OrderBy(t => t.Archived).FirstOrDefault(t => t.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))?.Id
            ?? throw new StartRefusedException($"There is no {kind} '{name}'. There {(tags.Count == 0 ? "is none yet" : "are: " + string.Join(", ", tags.Select(t => t.Name)))}.")),
    ];

    private static JsonObject Json(string channel, NumbersQuery query, TimeZoneInfo zone, TeamNumbers numbers)
    {
        var json = new JsonObject
        {
            ["channel"] = channel,
            ["from"] = query.From == Ts.Zero ? null : Moment(query.From),
            ["to"] = query.To == Ts.Max ? null : Moment(query.To),
            ["time_zone"] = zone.Id,
            ["as_of"] = Moment(query.AsOf),
            ["tools"] = List(query.Filter.Tools),
            ["labels"] = List(query.Filter.Labels),
        };
        foreach (var (name, value) in JsonSerializer.SerializeToNode(RequestNumbers.Of(numbers), ApiJson.Options)!.AsObject())
            json[name] = value?.DeepClone();
        return json;
    }

    private static JsonArray? List(IReadOnlyList<string> ids) => ids.Count == 0 ? null : [.. ids.Select(id => (JsonNode?)id)];

    private static Table Table(string channel, NumbersQuery query, TimeZoneInfo zone, TeamNumbers n)
    {
        var table = new Table().MinimalBorder().Title(Markup.Escape($"#{channel}"))
            .Caption($"as of {TimeZoneInfo.ConvertTime(query.AsOf.ToDateTimeOffset(), zone):yyyy-MM-dd HH:mm} {zone.Id}; durations are medians; 'in hours' counts working hours only")
            .AddColumn(new TableColumn("").NoWrap()).AddColumn(new TableColumn("n").RightAligned()).AddColumn(new TableColumn("waiting").RightAligned())
            .AddColumn(new TableColumn("median").RightAligned()).AddColumn(new TableColumn("answered").RightAligned())
            .AddColumn(new TableColumn("p90").RightAligned()).AddColumn(new TableColumn("in hours").RightAligned());
        table.AddRow("Requests", $"[bold]{n.Requests}[/]", $"{n.Waiting}");
        table.AddRow("Solved", $"{n.Solved}{(n.ResolutionRate is { } rate ? $" ({rate:P0})" : "")}");
        table.AddRow("Open", $"{n.Open}");
        table.AddRow("Expired", $"{n.Expired}");
        AddDuration("First response", n.FirstResponse, n.FirstResponseWorking);
        AddDuration("Acknowledged", n.Acknowledged, n.AcknowledgedWorking);
        AddDuration("Next response", n.NextResponse, n.NextResponseWorking);
        AddDuration("First solved", n.FirstSolved, n.FirstSolvedWorking);
        AddDuration("Waiting on the team", n.WaitingOnTeam, n.WaitingOnTeamWorking);
        table.AddRow("Response target met", n.Target.MetRate is { } met ? $"{met:P0}" : "-", $"{n.Target.Running}");
        table.AddRow("Reopened threads", $"{n.ReopenedThreads}");
        return table;

        void AddDuration(string name, DurationNumbers wall, DurationNumbers working) => table.AddRow(
            name, $"{wall.N}", $"{wall.Waiting}", wall.N > 0 && wall.Median is null ? "not reached" : Humane(wall.Median), Humane(wall.MedianAnswered), Humane(wall.P90Answered), Humane(working.MedianAnswered));

        static string Humane(uint? seconds) => seconds is { } known ? StatsAnswer.Humane(known) : "-";
    }

    private static string Moment(Ts instant) =>
        instant.ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
