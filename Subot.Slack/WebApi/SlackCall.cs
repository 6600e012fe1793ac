using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Subot.Slack;

/// <summary>One call of a method: what to send, and how it may be repeated.</summary>
/// <param name="Method">Such as <c>chat.postMessage</c>.</param>
/// <param name="Content">Makes the body, anew for each attempt.</param>
internal sealed record SlackCall(string Method, Func<HttpContent> Content)
{
    private static readonly MediaTypeHeaderValue s_json = new("application/json") { CharSet = "utf-8" };

    /// <summary>Whether doing it twice is the same as doing it once.</summary>
    public bool IsRepeatable { get; init; } = true;

    /// <summary>Whether it fails at once where others wait and try again: the caller has a rhythm of its own, or no time.</summary>
    public bool IsTriedOnce { get; init; }

    /// <summary>
    /// Whether it waits for a rate limit to pass; else it fails, and its caller decides whether it still makes sense by then.
    /// </summary>
    public bool WaitsForRateLimit { get; init; } = true;

    /// <summary>Whether it takes the app-level token.</summary>
    public bool NeedsAppToken { get; init; }

    /// <summary>What shares its rate limit.</summary>
    public string PaceKind { get; init; } = Method;

    /// <summary>The time between two calls that share the rate limit.</summary>
    public TimeSpan Interval { get; init; }

    /// <summary>A call of plain arguments; null ones are left out.</summary>
    public static SlackCall Form(string method, Dictionary<string, string?>? arguments = null)
    {
        var fields = (arguments ?? []).Where(argument => argument.Value is not null).ToList();
        return new SlackCall(method, () => new FormUrlEncodedContent(fields));
    }

    /// <summary>A call with an object as its arguments.</summary>
    public static SlackCall Json<T>(string method, T arguments, JsonTypeInfo<T> type)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(arguments, type);
        return new SlackCall(method, () => JsonContent(body));
    }

    public static ByteArrayContent JsonContent(byte[] body) => new(body) { Headers = { ContentType = s_json } };
}
