using System.Globalization;
using System.Text.Json.Nodes;
using Subot.Simulator.Model;

namespace Subot.Simulator.WebApi;

/// <summary>One call of a method: its arguments, however they were sent, and the workspace it acts on.</summary>
internal sealed class ApiCall(IReadOnlyDictionary<string, JsonNode?> arguments, string? token, ApiContext context)
{
    private Channel? channel;

    public string? Token { get; } = token;

    public ApiContext Context { get; } = context;

    public Workspace Workspace => Context.Workspace;

    public AppIdentity App => Context.Workspace.App;

    /// <summary>The conversation of the argument "channel". Methods with a <see cref="Place"/> always have one.</summary>
    public Channel Channel
    {
        get => channel ?? throw new InvalidOperationException("The method's entry in the table names no place.");
        set => channel = value;
    }

    /// <summary>An argument as text; null when absent. Numbers and booleans of a JSON body are spelled as JSON spells them.</summary>
    public string? this[string name] => arguments.GetValueOrDefault(name) switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out string? text) => text,
        var node => node.ToJsonString(),
    };

    public bool Has(string name) => this[name] is { Length: > 0 };

    public bool Flag(string name) => this[name] is "true" or "1" or "True";

    /// <summary>A whole number; null when absent or none.</summary>
    public int? Number(string name) =>
        int.TryParse(this[name], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>An argument that is JSON: in a form as text. False when it is there but cannot be read.</summary>
    public bool TryJson(string name, out JsonNode? json)
    {
        json = arguments.GetValueOrDefault(name);
        if (json is null || json.GetValueKind() != System.Text.Json.JsonValueKind.String)
            return true;
        var text = this[name]!;
        json = text.Length == 0 ? null : Json.TryNode(System.Text.Encoding.UTF8.GetBytes(text));
        return json is not null || text.Length == 0;
    }
}
