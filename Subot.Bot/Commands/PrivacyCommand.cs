using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Subot.Domain;
using Subot.Hosting;
using Subot.Hosting.Configuration;
using Subot.Storage;
using Subot.Storage.Privacy;

namespace Subot.Bot.Commands;

/// <summary>Forgets people and texts.</summary>
internal static class PrivacyCommand
{
    private const string Author = "command line";
    private const int MostListed = 20;
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    // A bot on a shared store begins five seconds after it was asked.
    private static readonly TimeSpan s_untilBotsWould = TimeSpan.FromSeconds(20);

    public static Command Create() =>
        new("privacy", "Erase a person, forget texts, and list what was forgotten.") { Erase(), Forget(), Log() };

    private static Command Erase()
    {
        var person = new Argument<string>("user") { Description = "The person's user id in Slack, such as U0ANN" };
        var (data, yes) = (CommonOptions.Data(), Yes());
        var command = new Command(
            "erase",
            "Erase a person: a random pseudonym takes the place of their id everywhere, what they wrote and who they are goes, numbers stay. Without --yes it only tells what it would do.")
        {
            person, data, yes,
        };
        command.SetAction((parsed, ct) => CommonOptions.GuardAsync(() =>
            EraseAsync(parsed.GetValue(person)!, StorePlace.OfProcess(parsed.GetValue(data)), parsed.GetValue(yes), ct)));
        return command;
    }

    private static Command Forget()
    {
        var before = new Option<DateOnly>("--before") { Description = "Texts of messages before this day (UTC) are forgotten; facts and numbers stay", Required = true, HelpName = "2026-01-31" }.AsDay();
        var (data, yes) = (CommonOptions.Data(), Yes());
        var command = new Command("forget", "Forget old texts once; SUBOT_RETENTION does so all the time. Without --yes it only tells what it would do.") { before, data, yes };
        command.SetAction((parsed, ct) => CommonOptions.GuardAsync(() =>
            ForgetAsync(Ts.From(new DateTimeOffset(parsed.GetValue(before), TimeOnly.MinValue, TimeSpan.Zero)), StorePlace.OfProcess(parsed.GetValue(data)), parsed.GetValue(yes), ct)));
        return command;
    }

    private static Command Log()
    {
        var data = CommonOptions.Data();
        var command = new Command("log", "List what was asked to be forgotten, by whom, and what came of it.") { data };
        command.SetAction((parsed, ct) => CommonOptions.GuardAsync(async () =>
        {
            await using var store = await CommonOptions.OpenExistingAsync(parsed.GetValue(data), ct);
            var requests = await store.PrivacyRequestsAsync(ct);
            if (requests.Count == 0)
                AnsiConsole.MarkupLine("Nothing was asked to be forgotten.");
            foreach (var request in requests)
                AnsiConsole.MarkupLineInterpolated($"{Described(request)}");
            return 0;
        }));
        return command;
    }

    private static Option<bool> Yes() => new("--yes") { Description = "Really do it. It cannot be undone" };

    private static async Task<int> EraseAsync(string user, StorePlace place, bool really, CancellationToken ct)
    {
        if (!UserId.IsOne(user))
            throw new StartRefusedException($"'{user}' is no user id. In Slack: the person's profile, the three dots, 'Copy member ID'; for example U0ANN.");
        await place.RequireExistingAsync(ct);
        var id = new UserId(user);
        await using (var store = await place.OpenAsync(ct))
        {
            var erased = await ErasedPeople.OfAsync(store, ct);
            if (erased.Include(id))
                AnsiConsole.MarkupLine("This person is erased already; what follows was stored since, or is being erased.");
            var preview = await AnsiConsole.Status().StartAsync("Looking through all threads", _ => ErasureSearch.PreviewAsync(store, id, ct));
            Tell(preview);
        }

        return await RunAsync(place, really, requests => requests.EraseAsync(id, Author, ct), ct);
    }

    private static async Task<int> ForgetAsync(Ts before, StorePlace place, bool really, CancellationToken ct)
    {
        await place.RequireExistingAsync(ct);
        await using (var store = await place.OpenAsync(ct))
        {
            var count = await store.CountTextsAsync(Ts.Zero, before, ct);
            AnsiConsole.MarkupLineInterpolated($"{Counted.Of(count, "text")} of messages before {before.ToDateTimeOffset():u} {(count == 1 ? "is" : "are")} to be forgotten: requests and answers stay, with their times and numbers.");
        }

        if (before > Ts.From(TimeProvider.System.GetUtcNow()))
            AnsiConsole.MarkupLine("[yellow]That day is still to come: this is every text there is.[/]");
        return await RunAsync(place, really, requests => requests.ForgetTextsAsync(before, Author, ct), ct);
    }

    /// <summary>Asks; without a bot on the store it does it itself.</summary>
    private static async Task<int> RunAsync(
        StorePlace place, bool really, Func<PrivacyRequests, Task<PrivacyRequest>> ask, CancellationToken ct)
    {
        if (!really)
        {
            AnsiConsole.MarkupLine("[yellow]Nothing is changed.[/] Add [bold]--yes[/] to do it; it cannot be undone. Backups keep what they hold.");
            return 0;
        }

        var (writable, holder) = await place.TryOpenToWriteAsync(null, ct);
        await using var store = writable ?? await place.OpenAsync(ct);
        var request = await ask(new PrivacyRequests(store, TimeProvider.System));
        // On a shared store bots may run, and do it then.
        var patience = holder is not null ? TimeSpan.MaxValue : place is ServerPlace ? s_untilBotsWould : TimeSpan.Zero;
        var done = await AnsiConsole.Status().StartAsync(holder is null ? "Forgetting" : $"The bot that runs ({holder}) forgets it", _ => DoneAsync(store, request, patience, ct));
        AnsiConsole.MarkupLineInterpolated($"[green]{Described(done)}[/]");
        return 0;
    }

    /// <summary>Waits until it is done, and the disk free of it; without a bot that does it this program does.</summary>
    private static async Task<PrivacyRequest> DoneAsync(IStore store, PrivacyRequest request, TimeSpan patience, CancellationToken ct)
    {
        var (time, execution) = (TimeProvider.System, new PrivacyExecution(store, TimeProvider.System));
        for (var began = time.GetTimestamp(); ; await Task.Delay(s_look, time, ct))
        {
            var now = (await store.PrivacyRequestsAsync(ct)).First(r => r.Id == request.Id);
            if (now.CompactedAt is not null)
                return now;
            if (time.GetElapsedTime(began) < patience)
                continue;
            await LeasedWork.TryRunAsync(store, PrivacyExecution.LeaseName, held => now.DoneAt is null ? execution.RunAsync(now, held) : execution.TryCompactAsync(held), time, ct);
        }
    }

    private static void Tell(ErasurePreview preview)
    {
        AnsiConsole.MarkupLineInterpolated($"[bold]{preview.Name ?? "(name not known)"}[/] ({preview.Person}): {Counted.Of(preview.Messages, "message")} in {Counted.Of(preview.Threads, "thread")}, {Counted.Of(preview.Texts, "text")} to forget, {Counted.Of(preview.Mentions, "text")} of others with a mention to replace.");
        foreach (var place in preview.Settings)
            AnsiConsole.MarkupLineInterpolated($"[yellow]The settings name this person: {place}.[/] The pseudonym takes the place; change them first if somebody else should.");
        if (preview.Named.Count == 0)
            return;
        AnsiConsole.MarkupLineInterpolated($"[yellow]{Counted.Of(preview.NamedThreads, "thread holds", "threads hold")} the name in what others wrote.[/] That stays; edit or delete those messages in Slack:");
        foreach (var thread in preview.Named.Take(MostListed))
            AnsiConsole.MarkupLineInterpolated($"  {thread.Channel} {thread.Root} ({thread.Root.ToDateTimeOffset():yyyy-MM-dd HH:mm})");
        if (preview.NamedThreads > MostListed)
            AnsiConsole.MarkupLineInterpolated($"  and {preview.NamedThreads - MostListed} more");
    }

    private static string Described(PrivacyRequest request)
    {
        var what = request.Erasure is { } erasure ? $"erase {erasure.Person?.Value ?? "a person"} as {erasure.Pseudonym}" : $"forget texts before {request.TextsBefore!.Value.ToDateTimeOffset():u}";
        var state = request switch
        {
            { DoneAt: null } => "not done yet: the bot does it when it runs",
            { CompactedAt: null } => "done, the disk is not free of it yet",
            _ => string.Create(CultureInfo.InvariantCulture, $"done {request.DoneAt:u}, the disk is free of it since {request.CompactedAt:u}"),
        };
        var count = request.Erasure is null ? Counted.Of(request.Texts, "text") : $"{Counted.Of(request.Threads, "thread")} named the person, {Counted.Of(request.Texts, "text")} gone";
        return $"{request.AskedAt:u} {request.Author}: {what}; {state}; {count}";
    }
}
