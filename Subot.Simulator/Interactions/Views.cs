using System.Text.Json.Nodes;
using Subot.Simulator.Model;

namespace Subot.Simulator.Interactions;

/// <summary>A view a person sees: a modal, alone or on top of others, or the app's home.</summary>
public sealed record View(string Id, string User, JsonObject Json)
{
    public bool IsHome => Json.Text("type") == "home";

    public string Title => (Json["title"] as JsonObject)?.Text("text") ?? "";

    public string CallbackId => Json.Text("callback_id") ?? "";

    /// <summary>The lowest modal of the stack this one is in.</summary>
    internal string Root => Json.Text("root_view_id")!;
}

/// <summary>The open modals and the home of each person.</summary>
public sealed class Views(Workspace workspace)
{
    private readonly Lock gate = new();
    private readonly List<View> views = [];
    private long hashes;

    /// <summary>Told of each view that is new or changed; without content when it is closed.</summary>
    internal event Action<View>? Changed;

    /// <summary>Those that are open, the younger last.</summary>
    public IReadOnlyList<View> All
    {
        get
        {
            lock (gate)
                return [.. views];
        }
    }

    public View? Find(string? id) => FirstOrNull(view => view.Id == id);

    public View? HomeOf(string user) => FirstOrNull(view => view.IsHome && view.User == user);

    /// <summary>The modal a person has before them; null when none is open.</summary>
    public View? ModalOf(string user)
    {
        lock (gate)
            return views.FindLast(view => !view.IsHome && view.User == user);
    }

    /// <summary>The first open view that is as wanted, now or as soon as the app shows it.</summary>
    public async Task<View> FirstAsync(Func<View, bool> wanted, CancellationToken cancellationToken)
    {
        var awaited = new Awaited<View>(view => view.Json.Count > 0 && wanted(view));
        Changed += awaited.See;
        try
        {
            return await awaited.AmongAsync(All, cancellationToken);
        }
        finally
        {
            Changed -= awaited.See;
        }
    }

    internal View? FindExternal(string? externalId) =>
        externalId is null ? null : FirstOrNull(view => view.Json.Text("external_id") == externalId);

    /// <summary>How many modals are on top of each other in the stack of this one.</summary>
    internal int Depth(View view) => All.Count(other => !other.IsHome && other.Root == view.Root);

    /// <summary>Shows a new view, on top of another when there is one <paramref name="below"/>.</summary>
    internal View Show(string user, JsonObject asked, View? below = null)
    {
        var id = workspace.NewId('V');
        return Put(id, user, asked, below?.Root ?? id, below?.Id);
    }

    /// <summary>Shows other content in place of what a view showed.</summary>
    internal View Replace(View view, JsonObject asked) => Put(view.Id, view.User, asked, view.Root, view.Json.Text("previous_view_id"));

    /// <summary>Closes a modal; the one below it is seen again.</summary>
    internal void Close(View view)
    {
        lock (gate)
            views.RemoveAll(known => known.Id == view.Id);
        Changed?.Invoke(view with { Json = [] });
    }

    /// <summary>Closes all modals of a stack.</summary>
    internal void CloseStack(View view)
    {
        foreach (var one in All.Where(one => one.Root == view.Root))
            Close(one);
    }

    private View Put(string id, string user, JsonObject asked, string root, string? previous)
    {
        var app = workspace.App;
        var json = (JsonObject)asked.DeepClone();
        json["id"] = id;
        json["team_id"] = app.TeamId;
        json["app_id"] = app.AppId;
        json["app_installed_team_id"] = app.TeamId;
        json["bot_id"] = app.BotId;
        json["root_view_id"] = root;
        json["previous_view_id"] = previous;
        json["hash"] = $"{workspace.Time.GetUtcNow().ToUnixTimeSeconds()}.{Interlocked.Increment(ref hashes):D6}";
        foreach (var name in (string[])["private_metadata", "callback_id", "external_id"])
            json[name] ??= "";
        foreach (var name in (string[])["clear_on_close", "notify_on_close"])
            json[name] ??= false;
        BlockIds.Fill(json["blocks"] as JsonArray);
        json["state"] = new JsonObject { ["values"] = ViewState.Of(json["blocks"] as JsonArray, []) };
        var view = new View(id, user, json);
        lock (gate)
        {
            var index = views.FindIndex(known => known.Id == id);
            if (index < 0)
                views.Add(view);
            else
                views[index] = view;
        }
        Changed?.Invoke(view);
        return view;
    }

    private View? FirstOrNull(Predicate<View> wanted)
    {
        lock (gate)
            return views.Find(wanted);
    }
}
