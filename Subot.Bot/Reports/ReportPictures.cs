using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Slack;

namespace Subot.Bot.Reports;

/// <summary>
/// Draws and uploads the pictures of reports, into no channel: the post shows them. A picture is no reason to be without a report. Should
/// the bot fall between the upload and the moment at which the words are fixed, another picture is uploaded; nobody sees the first one.
/// </summary>
internal sealed partial class ReportPictures(ISlackApi slack, TimeProvider time, ILogger<ReportPictures> log)
{
    private const int Tries = 3;
    private const long PatienceSeconds = 60;

    private readonly ConcurrentDictionary<string, int> _tries = new();
    private string? _told;

    /// <summary>The picture of a report; null: it goes without.</summary>
    /// <exception cref="SlackException">Slack has trouble that may pass.</exception>
    public async Task<ReportPicture?> UploadAsync(BotAction action, Report report, CancellationToken ct)
    {
        if (report.Numbers.Now.Team.Requests == 0 || Draw(report) is not { } png)
            return null;
        try
        {
            var file = new FileUpload { FileName = $"{report.Job.Name}.png", Title = report.Words.Say(Words.TextId.ChartTitle), Content = png };
            var id = await slack.UploadFileAsync(file, ct);
            _tries.TryRemove(action.Id, out _);
            return new ReportPicture(id, Ts.From(time.GetUtcNow()).AddSeconds(PatienceSeconds), ReportChart.InWords(report.Numbers.Now.Days, report.Words));
        }
        catch (SlackException e) when (!MayPass(e) || _tries.AddOrUpdate(action.Id, 1, (_, before) => before + 1) >= Tries)
        {
            _tries.TryRemove(action.Id, out _);
            Tell(e);
            return null;
        }
    }

    private static bool MayPass(SlackException e) => e.Advice == SlackErrorAdvice.Retry || e.Kind == SlackErrorKind.Token;

    private byte[]? Draw(Report report)
    {
        try
        {
            return ReportChart.Draw(report.Numbers.Now.Days, report.Words);
        }
        catch (Exception e)
        {
            // A platform without the drawing library.
            Log.NotDrawn(log, e);
            return null;
        }
    }

    /// <summary>Once, until the reason is another one.</summary>
    private void Tell(SlackException e)
    {
        if (Interlocked.Exchange(ref _told, e.Error) != e.Error)
            Log.NotUploaded(log, e.Error, e.Needed ?? "nothing that Slack names");
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Reports go without a picture: Slack takes no upload ({Error}; needed: {Needed})")]
        public static partial void NotUploaded(ILogger log, string error, string needed);

        [LoggerMessage(Level = LogLevel.Error, Message = "The report goes without a picture, which cannot be drawn here")]
        public static partial void NotDrawn(ILogger log, Exception e);
    }
}
