using System.Globalization;
using System.Text.Json;
using Subot.Domain;
using Subot.Domain.Settings;
using Subot.Storage.Elasticsearch.Client;
using Subot.Storage.Settings;

namespace Subot.Storage.Elasticsearch;

public sealed partial class ElasticsearchStore
{
    private const string Projected = "projected";
    private const int VersionsAtOnce = 16;

    // Versions do not change, but when a person is erased; then this document does, whose number counts how often. So what was read once is
    // known. They are numbered without gaps: the next ones are asked for by id.
    private const int Rewritten = 0;
    private volatile KnownVersions _known = new(0, []);

    /// <inheritdoc/>
    public async ValueTask<SettingsHistory> SettingsAsync(CancellationToken ct) => new(await VersionsAsync(ct));

    /// <inheritdoc/>
    public async ValueTask<int> NewestSettingsAsync(CancellationToken ct) => (await VersionsAsync(ct)).Count;

    /// <inheritdoc/>
    public async ValueTask<bool> AppendSettingsAsync(SettingsVersion version, CancellationToken ct)
    {
        var known = (await VersionsAsync(ct)).Count;
        if (version.Number != known + 1)
            return version.Number > known + 1 ? throw new ArgumentException($"version {version.Number} does not follow {known}", nameof(version)) : false;
        var body = JsonSerializer.SerializeToUtf8Bytes(DocumentOf(version), DocumentsJson.Default.VersionDocument);
        var outcome = (await WriteAsync([new BulkCreate(_indices.Records, IdOf(version.Number), body)], ct))[0];
        // A conflict may be with ourselves: it was written, and only the answer was lost.
        return outcome.Kind == BulkOutcomeKind.Done
            || (await GetAsync(_indices.Records, IdOf(version.Number), DocumentsJson.Default.VersionDocument, ct))?.Source == DocumentOf(version);
    }

    /// <inheritdoc/>
    public async ValueTask<ProjectedWith> ProjectedWithAsync(CancellationToken ct) =>
        (await GetAsync(_indices.Records, Projected, DocumentsJson.Default.ProjectedDocument, ct))?.Source is { } made ? new(made.Projection, made.Settings) : default;

    /// <inheritdoc/>
    public async ValueTask RecordProjectedWithAsync(ProjectedWith made, CancellationToken ct) =>
        await ChangeAsync(
            _indices.Records,
            Projected,
            DocumentsJson.Default.ProjectedDocument,
            known => known is null || made.IsNewerThan(new(known.Projection, known.Settings)) ? new ProjectedDocument(made.Projection, made.Settings) : null,
            ct);

    private async Task<IReadOnlyList<SettingsVersion>> VersionsAsync(CancellationToken ct)
    {
        while (true)
        {
            var (rewritten, versions) = _known;
            var ids = Enumerable.Range(versions.Count + 1, VersionsAtOnce).Prepend(Rewritten).Select(IdOf).ToList();
            var documents = await _client.MultiGetAsync(_indices.Records, ids, DocumentsJson.Default.VersionDocument, ct);
            if ((documents[0]?.Source.Number ?? 0) is var now && now != rewritten)
            {
                _known = new(now, []);
                continue;
            }

            var newer = documents.Skip(1).TakeWhile(v => v is not null).Select(v => VersionOf(v!.Source)).ToList();
            if (newer.Count == 0)
                return versions;
            _known = new(rewritten, [.. versions, .. newer]);
        }
    }

    private static string IdOf(int number) => $"settings:{number}";

    private static VersionDocument DocumentOf(SettingsVersion version) => new(
        version.Number,
        version.ValidFrom.Micros,
        SettingsJson.Write(version.Settings),
        version.Author,
        version.WrittenAt.ToString("O", CultureInfo.InvariantCulture),
        SettingsJson.WriteEnvironment(version.Environment));

    private static SettingsVersion VersionOf(VersionDocument document) => new(document.Number, new Ts(document.ValidFrom), SettingsJson.Read(document.Body), document.Author)
    {
        WrittenAt = DateTimeOffset.Parse(document.WrittenAt, CultureInfo.InvariantCulture),
        Environment = document.Environment is { } environment ? SettingsJson.ReadEnvironment(environment) : null,
    };

    private sealed record KnownVersions(int Rewritten, IReadOnlyList<SettingsVersion> Versions);
}
