using System.Text.Json;
using Subot.Api.Answers;

namespace Subot.Api.Compatible;

/// <summary>How the first Subot read and wrote JSON.</summary>
internal static class CompatibleJson
{
    /// <summary>Keys are read without regard to case, and unknown ones ignored.</summary>
    public static JsonSerializerOptions Options { get; } = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, PropertyNameCaseInsensitive = true };

    /// <summary>Reads a body whatever its content type: the first JSON value, and nothing after it.</summary>
    /// <exception cref="RefusedException">There is none, or it is of another shape.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext context, CancellationToken ct)
        where T : new()
    {
        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, ct);
        try
        {
            var reader = new Utf8JsonReader(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
            return JsonSerializer.Deserialize<T>(ref reader, Options) ?? new T();
        }
        catch (JsonException)
        {
            throw RefusedException.Bad("The body is no JSON of this shape.");
        }
    }

    /// <summary>Answers a value, also null.</summary>
    public static async Task WriteAsync<T>(HttpContext context, T value, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(value, Options), context.RequestAborted);
    }

    /// <summary>Answers a list as the first Subot did, whose empty lists were null.</summary>
    public static Task WriteListAsync<T>(HttpContext context, IReadOnlyList<T> list) => WriteAsync(context, list.Count == 0 ? null : list);

    /// <summary>Answers a change that was made.</summary>
    public static Task WriteDoneAsync(HttpContext context, int status = StatusCodes.Status200OK) => WriteAsync(context, new { }, status);
}
