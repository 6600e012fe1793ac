using System.Text.Json.Nodes;
using Subot.Simulator.Model;

namespace Subot.Simulator.Interactions;

/// <summary>A view a person sees: an open modal, or the app's home.</summary>
public sealed record View(string Id, string User, JsonObject Json)
{
    public bool IsHome => Json.Text("type") == "home";
}

/// <summary>The open modals and the home of each person.</summary>
public sealed class Views(Workspace workspace)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, View> views = [];
    private long hashes;

    /// <summary>Told of each view that is new or changed.</summary>
    internal event Action<View>? Changed;

    public IReadOnlyList<View> All
    {
        get
        {
            lock (gate)
                return [.. views.Values];
        }
    }

    public View? Find(string? id)
    {
        lock (gate)
            return id is null ? null : views.GetValueOrDefault(id);
    }

    public View? HomeOf(string user)
    {
        lock (gate)
            return views.Values.FirstOrDefault(view => view.IsHome && view.User == user);
    }

    internal View? FindExternal(string? externalId)
    {
        lock (gate)
            return externalId is null ? null : views.Values.FirstOrDefault(view => view.Json.Text("external_id") == externalId);
    }

    /// <summary>Shows a view, new (without <paramref name="id"/>) or in place of another.</summary>
    internal View Put(string? id, string user, JsonObject asked)
    {
        var app = workspace.App;
        var json = (JsonObject)asked.DeepClone();
        json["id"] = id ??= workspace.NewId('V');
        json["team_id"] = app.TeamId;
        json["app_id"] = app.AppId;
        json["bot_id"] = app.BotId;
        json["root_view_id"] = id;
        json["hash"] = $"{workspace.Time.GetUtcNow().ToUnixTimeSeconds()}.{Interlocked.Increment(ref hashes):D6}";
        json["private_metadata"] ??= "";
        json["callback_id"] ??= "";
        json["state"] ??= new JsonObject { ["values"] = new JsonObject() };
        var view = new View(id, user, json);
        lock (gate)
            views[id] = view;
        Changed?.Invoke(view);
        return view;
    }

    internal void Close(View view)
    {
        lock (gate)
            views.Remove(view.Id);
        Changed?.Invoke(view with { Json = [] });
    }
}
