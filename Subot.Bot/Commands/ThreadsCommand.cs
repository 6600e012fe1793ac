using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;
using Subot.Api.Contracts;
using Subot.Domain.Projection;

namespace Subot.Bot.Commands;

/// <summary>The threads of a channel.</summary>
internal static class ThreadsCommand
{
    public static Command Create()
    {
        var channel = ChannelQuestion.Channel();
        var waiting = new Option<bool>("--waiting") { Description = "Only requests that wait for the team" };
        var json = new Option<bool>("--json") { Description = "Print JSON, a line per thread" };
        var data = CommonOptions.Data();
        var command = new Command("threads", "List the threads of a channel, the oldest first.") { channel, waiting, json, data };
        command.SetAction((parsed, ct) => CommonOptions.GuardAsync(async () =>
        {
            await using var store = await CommonOptions.OpenExistingAsync(parsed.GetValue(data), ct);
            var record = await ChannelQuestion.FindAsync(store, parsed.GetValue(channel)!, ct);
            var table = new Table().AddColumn("Thread").AddColumn("Began").AddColumn("What").AddColumn("Status").AddColumn("Turn").AddColumn("Requester").AddColumn(new TableColumn("Replies").RightAligned());
            await foreach (var thread in store.ReadThreadsAsync(record.Id, ct))
            {
                var state = thread.Thread.State;
                if (parsed.GetValue(waiting) && state.Turn != Turn.Team)
                    continue;
                if (parsed.GetValue(json))
                    Console.WriteLine(Json(state).ToJsonString());
                else
                    table.AddRow(
                        $"{state.Key.Root}", $"{state.Key.Root.ToDateTimeOffset():yyyy-MM-dd HH:mm}", Word.Of(state.Kind), Word.Of(state.Status), Word.Of(state.Turn), Markup.Escape(state.Requester?.Value ?? "-"), $"{state.Replies}");
            }

            if (!parsed.GetValue(json))
                AnsiConsole.Write(table);
            return 0;
        }));
        return command;
    }

    private static JsonObject Json(ProjectedThread state) => new()
    {
        ["channel"] = state.Key.Channel.Value,
        ["thread"] = state.Key.Root.ToString(),
        ["kind"] = Word.Of(state.Kind),
        ["status"] = Word.Of(state.Status),
        ["turn"] = Word.Of(state.Turn),
        ["requester"] = state.Requester?.Value,
        ["responder"] = state.Course?.Responder?.Value,
        ["replies"] = state.Replies,
        ["last_message"] = state.LastMessage.ToString(),
        ["silent_since"] = state.SilentSince?.ToString(),
    };
}
