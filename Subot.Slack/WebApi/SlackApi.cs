using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;

namespace Subot.Slack;

/// <summary>Slack's Web API over HTTP.</summary>
public sealed partial class SlackApi(HttpClient http, SlackApiOptions options, TimeProvider time, ILogger<SlackApi> log) : ISlackApi
{
    private readonly SlackTransport _transport = new(http, options, time, log);

    /// <inheritdoc/>
    public DateTimeOffset? ServerTime => _transport.ServerTime;

    /// <inheritdoc/>
    public Task<AuthTest> AuthTestAsync(CancellationToken ct) =>
        _transport.CallAsync(SlackCall.Form("auth.test"), SlackJson.Default.AuthTest, ct);

    /// <inheritdoc/>
    public async Task<Uri> OpenConnectionAsync(CancellationToken ct)
    {
        // Socket Mode has its own back-off.
        var call = SlackCall.Form("apps.connections.open") with { NeedsAppToken = true, IsTriedOnce = true };
        var answer = await _transport.CallAsync(call, SlackJson.Default.ConnectionAnswer, ct);
        return Uri.TryCreate(answer.Url, UriKind.Absolute, out var address) && address.Scheme is "ws" or "wss"
            ? address
            : throw Incomplete(call.Method);
    }

    /// <inheritdoc/>
    public async Task<SlackTeam> GetTeamAsync(CancellationToken ct)
    {
        var answer = await _transport.CallAsync(SlackCall.Form("team.info"), SlackJson.Default.TeamAnswer, ct);
        return answer.Team ?? throw Incomplete("team.info");
    }

    /// <inheritdoc/>
    public async Task<SlackBot> GetBotAsync(string bot, CancellationToken ct)
    {
        var answer = await _transport.CallAsync(SlackCall.Form("bots.info", new() { ["bot"] = bot }), SlackJson.Default.BotAnswer, ct);
        return answer.Bot ?? throw Incomplete("bots.info");
    }

    /// <inheritdoc/>
    public Task RespondAsync(Uri responseUrl, ResponseMessage message, CancellationToken ct) =>
        _transport.PostAsync(responseUrl, "response_url", SlackCall.Json("response_url", message, SlackJson.Default.ResponseMessage).Content(), ct);

    private Task<EmptyAnswer> CallAsync(SlackCall call, CancellationToken ct) =>
        _transport.CallAsync(call, SlackJson.Default.EmptyAnswer, ct);

    /// <summary>A call whose wish is met when Slack refuses it with the given code.</summary>
    private async Task CallUnlessAsync(string alreadyDone, SlackCall call, CancellationToken ct)
    {
        try
        {
            await CallAsync(call, ct);
        }
        catch (SlackException e) when (e.Error == alreadyDone)
        {
            // It is as asked.
        }
    }

    /// <summary>All pages of a list. A page may be short, or empty, without being the last.</summary>
    /// <param name="method">The method.</param>
    /// <param name="type">Its answer.</param>
    /// <param name="arguments">What it is asked, but for the paging.</param>
    /// <param name="resume">The argument that asks for what follows an item, should the cursor expire; null where there is none.</param>
    /// <param name="ct">Stops it.</param>
    private async IAsyncEnumerable<T> PagesAsync<TPage, T>(
        string method,
        JsonTypeInfo<TPage> type,
        Dictionary<string, string?> arguments,
        Func<T, (string Name, string? Value)>? resume,
        [EnumeratorCancellation] CancellationToken ct)
        where TPage : Page<T>
    {
        var last = default(T);
        arguments["limit"] = options.PageSize.ToString();
        do
        {
            TPage page;
            try
            {
                page = await _transport.CallAsync(SlackCall.Form(method, arguments), type, ct);
            }
            catch (SlackException e) when (e.Error == "invalid_cursor" && resume is not null && last is not null)
            {
                arguments.Remove("cursor");
                var (name, value) = resume(last);
                arguments[name] = value;
                page = await _transport.CallAsync(SlackCall.Form(method, arguments), type, ct);
            }
            foreach (var item in page.GetItems())
                yield return last = item;
            arguments["cursor"] = page.ResponseMetadata?.NextCursor;
        }
        while (!string.IsNullOrEmpty(arguments["cursor"]));
    }

    private static SlackException Incomplete(string method) => new(method, "incomplete_answer", SlackErrorKind.Unknown);
}
