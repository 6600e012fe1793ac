using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;

namespace Subot.Slack;

/// <summary>
/// Makes calls: token, pace, retries, and Slack's answers as values or <see cref="SlackException"/>. A call that is not
/// repeatable (a post) is never sent again once Slack may have got it.
/// </summary>
internal sealed partial class SlackTransport
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(1);

    private readonly HttpClient _http;
    private readonly SlackApiOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Pace _pace;

    public SlackTransport(HttpClient http, SlackApiOptions options, TimeProvider time, ILogger log)
    {
        (_http, _options, _time, _log) = (http, options, time, log);
        _pace = new Pace(time);
    }

    /// <summary>Slack's clock at its latest answer, in whole seconds.</summary>
    public DateTimeOffset? ServerTime { get; private set; }

    /// <exception cref="SlackException">Slack refused, or did not answer.</exception>
    public async Task<T> CallAsync<T>(SlackCall call, JsonTypeInfo<T> answer, CancellationToken ct)
    {
        var answered = call.IsTriedOnce ? await AttemptAsync(call, ct) : await RepeatAsync(call, ct);
        try
        {
            var value = JsonSerializer.Deserialize(answered.Body, answer)!;
            if (value is MessagesPage page)
                page.ReadAt = answered.At;
            if (value is AuthTest test)
                test.Scopes = answered.Scopes;
            return value;
        }
        catch (JsonException e)
        {
            throw new SlackException(call.Method, "invalid_answer", SlackErrorKind.Unknown, e) { OutcomeUnclear = true };
        }
    }

    /// <summary>Posts to an address that carries its own right to do so: no token, no retry.</summary>
    public async Task PostAsync(Uri address, string purpose, HttpContent content, CancellationToken ct)
    {
        var call = new SlackCall(purpose, () => content) { IsRepeatable = false };
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        var answered = await SendAsync(call, request, ct);
        if (answered.Status is < HttpStatusCode.OK or >= HttpStatusCode.MultipleChoices)
            throw StatusError(call, answered.Status);
        // The answer is a bare "ok", or an object that may tell of an error.
        if (answered.Body is [(byte)'{', ..])
            ThrowUnlessOk(call, answered.Body);
    }

    /// <summary>Makes a call again while it may help, and as often as the options say.</summary>
    private async Task<Answered> RepeatAsync(SlackCall call, CancellationToken ct)
    {
        var backoff = new Backoff(s_firstPause, s_longestPause);
        for (var (limited, troubled) = (0, 0); ;)
        {
            TimeSpan pause;
            try
            {
                return await AttemptAsync(call, ct);
            }
            catch (SlackException e) when (e.Kind == SlackErrorKind.RateLimited && WaitsForRateLimit(call) && limited < _options.RateLimitRetries)
            {
                // The wait itself is the method's pace, which all its callers keep; this spreads them.
                limited++;
                pause = TimeSpan.FromSeconds(Random.Shared.NextDouble());
            }
            catch (SlackException e) when (e is { Kind: SlackErrorKind.SlackTrouble, OutcomeUnclear: false } && troubled < _options.Retries)
            {
                troubled++;
                pause = backoff.Next();
            }

            await Task.Delay(pause, _time, ct);
        }
    }

    private bool WaitsForRateLimit(SlackCall call) => _options.WaitForRateLimit && call.WaitsForRateLimit;

    private async Task<Answered> AttemptAsync(SlackCall call, CancellationToken ct)
    {
        await _pace.WaitAsync(call.PaceKind, call.Interval, ct);

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_options.BaseAddress, call.Method)) { Content = call.Content() };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TokenFor(call));
        var answered = await SendAsync(call, request, ct);
        ThrowUnlessOk(call, answered.Body);
        return answered;
    }

    private string TokenFor(SlackCall call) => call.NeedsAppToken
        ? _options.AppToken ?? throw new SlackException(call.Method, "not_authed", SlackErrorKind.Token)
        : _options.BotToken;

    private async Task<Answered> SendAsync(SlackCall call, HttpRequestMessage request, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token);
            if (response.Headers.Date is { } date)
                ServerTime = date;
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
                throw RateLimited(call, response.Headers.RetryAfter);
            if (response.StatusCode >= HttpStatusCode.InternalServerError)
                throw StatusError(call, response.StatusCode);
            var body = await response.Content.ReadAsByteArrayAsync(either.Token);
            return new Answered(response.StatusCode, body, response.Headers.Date, ScopesIn(response));
        }
        catch (HttpRequestException e)
        {
            throw Trouble(call, "network", e, unclear: !NeverSent(e));
        }
        catch (IOException e)
        {
            throw Trouble(call, "network", e, unclear: true);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw Trouble(call, "timeout", e, unclear: true);
        }
    }

    private static string[]? ScopesIn(HttpResponseMessage response) => response.Headers.TryGetValues("x-oauth-scopes", out var lists)
        ? [.. lists.SelectMany(list => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))]
        : null;

    private static bool NeverSent(HttpRequestException e) => e.HttpRequestError
        is HttpRequestError.NameResolutionError
        or HttpRequestError.ConnectionError
        or HttpRequestError.SecureConnectionError
        or HttpRequestError.ProxyTunnelError;

    private static SlackException Trouble(SlackCall call, string error, Exception? inner, bool unclear) =>
        new(call.Method, error, SlackErrorKind.SlackTrouble, inner) { OutcomeUnclear = unclear && !call.IsRepeatable };

    private static SlackException StatusError(SlackCall call, HttpStatusCode status) => status switch
    {
        >= HttpStatusCode.InternalServerError => Trouble(call, $"http_{(int)status}", null, unclear: true),
        HttpStatusCode.NotFound or HttpStatusCode.Gone => new SlackException(call.Method, $"http_{(int)status}", SlackErrorKind.Gone),
        _ => new SlackException(call.Method, $"http_{(int)status}", SlackErrorKind.Unknown),
    };

    private SlackException RateLimited(SlackCall call, RetryConditionHeaderValue? header)
    {
        var wait = header switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } when date > _time.GetUtcNow() => date - _time.GetUtcNow(),
            _ => TimeSpan.FromSeconds(30),
        };
        if (WaitsForRateLimit(call))
            _pace.Hold(call.PaceKind, wait);
        Log.RateLimited(_log, call.Method, wait);
        return new SlackException(call.Method, "ratelimited", SlackErrorKind.RateLimited) { RetryAfter = wait };
    }

    private void ThrowUnlessOk(SlackCall call, byte[] body)
    {
        AnswerHead? head;
        try
        {
            head = JsonSerializer.Deserialize(body, SlackJson.Default.AnswerHead);
        }
        catch (JsonException e)
        {
            // A proxy's page, or an answer cut short.
            throw Trouble(call, "invalid_answer", e, unclear: true);
        }
        if (head is { Ok: true })
        {
            if (head.ResponseMetadata?.Warnings is { Count: > 0 } warnings)
                Log.Warnings(_log, call.Method, string.Join(", ", warnings));
            return;
        }
        throw Refused(call, head?.Error ?? "no_error_code", head);
    }

    private SlackException Refused(SlackCall call, string error, AnswerHead? head)
    {
        var kind = SlackErrors.KindOf(error);
        var wait = kind == SlackErrorKind.RateLimited ? TimeSpan.FromSeconds(1) : (TimeSpan?)null;
        if (wait is { } pause && WaitsForRateLimit(call))
            _pace.Hold(call.PaceKind, pause);
        return new SlackException(call.Method, error, kind)
        {
            RetryAfter = wait,
            Needed = head?.Needed,
            Provided = head?.Provided,
            Details = head?.ResponseMetadata?.Messages ?? [],
            OutcomeUnclear = !call.IsRepeatable && SlackErrors.IsUnclear(error),
        };
    }

    /// <summary>What came back. A class: a tuple of these would be compiled at every start, with all that carries it.</summary>
    /// <param name="At">Slack's time of it.</param>
    /// <param name="Scopes">What the token may do.</param>
    private sealed record Answered(HttpStatusCode Status, byte[] Body, DateTimeOffset? At, string[]? Scopes);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Slack limits the rate of {Method}: next call in {Wait}.")]
        public static partial void RateLimited(ILogger log, string method, TimeSpan wait);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Slack warns about {Method}: {Warnings}.")]
        public static partial void Warnings(ILogger log, string method, string warnings);
    }
}
