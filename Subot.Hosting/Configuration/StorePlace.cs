using Microsoft.Extensions.Logging;
using Subot.Storage;
using Subot.Storage.Elasticsearch;
using Subot.Storage.Sqlite;

namespace Subot.Hosting.Configuration;

/// <summary>Where the store is: in a data folder, or on Elasticsearch.</summary>
public abstract record StorePlace
{
    /// <summary>Reads it from the parameters.</summary>
    /// <param name="dataFolder">A folder that was named on the command line: it wins.</param>
    public static StorePlace Read(ParameterReader from, string? dataFolder)
    {
        if (dataFolder is not null)
            return new FolderPlace(dataFolder);
        var named = from.Text("ELASTICSEARCH_URL") is null && from.Text("ELASTIC_URL") is not null ? "ELASTIC_URL" : "ELASTICSEARCH_URL";
        return from.Text(named) is null ? new FolderPlace(from.Text("SUBOT_DATA") ?? "data") : new ServerPlace(OptionsOf(from, named));
    }

    /// <summary>Where the environment says that it is.</summary>
    /// <exception cref="ConfigurationException">Something is wrong.</exception>
    public static StorePlace OfProcess(string? dataFolder)
    {
        var reader = new ParameterReader(ParameterSource.OfProcess(Directory.GetCurrentDirectory()));
        var place = Read(reader, dataFolder);
        reader.ThrowIfWrong();
        return place;
    }

    /// <summary>A store by its name: sqlite:DIR, or elasticsearch:URL with what else the environment says of it.</summary>
    /// <exception cref="StartRefusedException">It is none.</exception>
    public static StorePlace Named(string name)
    {
        if (name.Split(':', 2) is ["sqlite", { Length: > 0 } folder])
            return new FolderPlace(folder);
        if (name.Split(':', 2) is not ["elasticsearch", { Length: > 0 } urls])
            throw new StartRefusedException($"'{name}' names no store. Write sqlite:DIR or elasticsearch:URL, for example sqlite:./data or elasticsearch:https://elasticsearch:9200.");
        var process = ParameterSource.OfProcess(Directory.GetCurrentDirectory());
        var reader = new ParameterReader(new ParameterSource(parameter => parameter == "ELASTICSEARCH_URL" ? urls : process.Find(parameter)));
        var place = Read(reader, dataFolder: null);
        reader.ThrowIfWrong();
        return place;
    }

    /// <summary>Makes sure that there is a store; creates nothing.</summary>
    /// <exception cref="StartRefusedException">There is none in the folder.</exception>
    /// <exception cref="StoreException">There is none on the server.</exception>
    public abstract Task RequireExistingAsync(CancellationToken ct);

    /// <summary>Opens the store, which commands read. It must be there.</summary>
    public async Task<IStore> OpenExistingAsync(CancellationToken ct)
    {
        await RequireExistingAsync(ct);
        return await OpenAsync(ct);
    }

    /// <summary>
    /// Opens the store for a program that runs beside the bot. Its folder must be there; the bot may not have written into it yet.
    /// </summary>
    public abstract Task<IStore> OpenBesideBotAsync(CancellationToken ct);

    /// <summary>Opens the store, and creates it if there is none.</summary>
    public abstract Task<IStore> OpenAsync(CancellationToken ct);

    /// <summary>
    /// Opens the store for a program that writes threads; no store, and who holds it, if another program does and only one may.
    /// </summary>
    public abstract Task<(IStore? Store, string? Holder)> TryOpenToWriteAsync(ILogger? log, CancellationToken ct);

    /// <summary>Opens the store for a command that writes threads itself.</summary>
    /// <exception cref="StartRefusedException">A bot runs on it.</exception>
    public async Task<IStore> OpenToWriteAsync(CancellationToken ct)
    {
        var (store, holder) = await TryOpenToWriteAsync(null, ct);
        return store ?? throw new StartRefusedException($"A bot runs on {this} ({holder}). Stop it first.");
    }

    private static ElasticsearchOptions OptionsOf(ParameterReader from, string named) => new()
    {
        Nodes = from.Addresses(named, "https://elasticsearch:9200"),
        Username = from.Text("ELASTICSEARCH_USERNAME"),
        Password = from.Text("ELASTICSEARCH_PASSWORD"),
        ApiKey = from.Text("ELASTICSEARCH_API_KEY"),
        CertificateAuthority = from.Text("ELASTICSEARCH_CA"),
        IndexPrefix = from.Text("SUBOT_INDEX_PREFIX") ?? "subot",
    };
}

/// <summary>A data folder. Threads are written by the one program that has the bot's role there.</summary>
internal sealed record FolderPlace(string Folder) : StorePlace
{
    public override Task RequireExistingAsync(CancellationToken ct) => File.Exists(SqliteStore.FileIn(Folder))
        ? Task.CompletedTask
        : throw new StartRefusedException($"There is no store in '{Path.GetFullPath(Folder)}'. Name its folder with --data, or fill one with 'subot import' or by running the bot.");

    public override Task<IStore> OpenBesideBotAsync(CancellationToken ct) => Directory.Exists(Folder)
        ? OpenAsync(ct)
        : throw new StartRefusedException($"There is no store in '{Path.GetFullPath(Folder)}': the folder does not exist. Name the bot's with --data or SUBOT_DATA; if the bot has yet to run, start it first, or make the folder.");

    public override Task<IStore> OpenAsync(CancellationToken ct) => Task.FromResult<IStore>(SqliteStore.Open(Folder));

    public override Task<(IStore? Store, string? Holder)> TryOpenToWriteAsync(ILogger? log, CancellationToken ct)
    {
        if (BotRole.TryTake(Folder, out var holder) is not { } role)
            return Task.FromResult<(IStore?, string?)>((null, holder));
        try
        {
            return Task.FromResult<(IStore?, string?)>((SqliteStore.Open(Folder, role), null));
        }
        catch
        {
            role.Dispose();
            throw;
        }
    }

    public override string ToString() => Path.GetFullPath(Folder);
}

/// <summary>Elasticsearch, or OpenSearch. Several programs may write threads at once.</summary>
public sealed record ServerPlace(ElasticsearchOptions Options) : StorePlace
{
    /// <inheritdoc/>
    public override Task RequireExistingAsync(CancellationToken ct) =>
        ElasticsearchStore.RequireExistingAsync(Options, TimeProvider.System, ct);

    /// <inheritdoc/>
    public override Task<IStore> OpenBesideBotAsync(CancellationToken ct) => OpenExistingAsync(ct);

    /// <inheritdoc/>
    public override async Task<IStore> OpenAsync(CancellationToken ct) =>
        await ElasticsearchStore.OpenAsync(Options, TimeProvider.System, null, ct);

    /// <inheritdoc/>
    public override async Task<(IStore? Store, string? Holder)> TryOpenToWriteAsync(ILogger? log, CancellationToken ct) =>
        (await ElasticsearchStore.OpenAsync(Options, TimeProvider.System, log, ct), null);

    /// <inheritdoc/>
    public override string ToString() => Options.ToString();
}
