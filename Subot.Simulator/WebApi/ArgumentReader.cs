using System.Text.Json.Nodes;

namespace Subot.Simulator.WebApi;

/// <summary>Reads a call's arguments from wherever clients put them: query, form, multipart form or a JSON body.</summary>
internal static class ArgumentReader
{
    /// <summary>The arguments, or the code of the error that the body is.</summary>
    public static async Task<(Dictionary<string, JsonNode?> Arguments, string? Error)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var arguments = new Dictionary<string, JsonNode?>();
        foreach (var (name, values) in request.Query)
            arguments[name] = values.ToString();
        if (request.HasFormContentType)
        {
            foreach (var (name, values) in await request.ReadFormAsync(cancellationToken))
                arguments[name] = values.ToString();
            return (arguments, null);
        }
        if (request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
            return (arguments, null);
        var body = await request.ReadBytesAsync(cancellationToken);
        if (body.Length == 0)
            return (arguments, null);
        if (Json.TryNode(body) is not { } node)
            return (arguments, "invalid_json");
        if (node is not JsonObject json)
            return (arguments, "json_not_object");
        foreach (var (name, value) in json)
            arguments[name] = value;
        return (arguments, null);
    }

    /// <summary>The whole body.</summary>
    public static async Task<byte[]> ReadBytesAsync(this HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        return body.ToArray();
    }

    /// <summary>The token of the header, else of the arguments.</summary>
    public static string? Token(HttpRequest request, Dictionary<string, JsonNode?> arguments)
    {
        const string scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        if (header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            return header[scheme.Length..].Trim();
        return arguments.GetValueOrDefault("token") is JsonValue value && value.TryGetValue(out string? token) ? token : null;
    }
}
