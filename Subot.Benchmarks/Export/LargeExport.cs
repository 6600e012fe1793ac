using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Subot.Benchmarks.Export;

/// <summary>
/// A real export many times over: in each copy all messages are a little later, and everybody but the team is somebody else.
/// </summary>
internal sealed partial class LargeExport(string zip, IReadOnlySet<string> team, int copies)
{
    private const long MicrosPerCopy = 61_000_001;

    /// <summary>Writes it as an unpacked folder and returns how many messages it has.</summary>
    public async Task<int> WriteAsync(string folder, CancellationToken ct)
    {
        using var source = await ZipFile.OpenReadAsync(zip, ct);
        var messages = 0;
        foreach (var entry in source.Entries.Where(e => e.Name.Length > 0))
        {
            var file = Path.Combine(folder, entry.FullName);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await using var content = await entry.OpenAsync(ct);
            if (!DateOnly.TryParseExact(Path.GetFileNameWithoutExtension(entry.Name), "yyyy-MM-dd", out _))
            {
                await using var copy = File.Create(file);
                await content.CopyToAsync(copy, ct);
                continue;
            }

            using var day = await JsonDocument.ParseAsync(content, default, ct);
            var all = Copies(day.RootElement).OrderBy(m => m.Ts, StringComparer.Ordinal).Select(m => m.Json).ToList();
            messages += all.Count;
            await File.WriteAllTextAsync(file, $"[{string.Join(",\n", all)}]", ct);
        }

        return messages;
    }

    private IEnumerable<(string Ts, string Json)> Copies(JsonElement day)
    {
        foreach (var message in day.EnumerateArray())
        {
            for (var copy = 0; copy < copies; copy++)
                yield return (Later(message.GetProperty("ts").GetString()!, copy), Renewed(message.GetRawText(), copy));
        }
    }

    private string Renewed(string json, int copy) => copy == 0 ? json
        : UserId().Replace(Ts().Replace(json, ts => Later(ts.Value, copy)), user => team.Contains(user.Value) ? user.Value : $"{user.Value}{copy:X3}");

    private static string Later(string ts, int copy)
    {
        var parts = ts.Split('.');
        var micros = (long.Parse(parts[0], CultureInfo.InvariantCulture) * 1_000_000) + long.Parse(parts[1], CultureInfo.InvariantCulture) + (copy * MicrosPerCopy);
        return $"{micros / 1_000_000}.{micros % 1_000_000:D6}";
    }

    [GeneratedRegex(@"\b\d{10}\.\d{6}\b")]
    private static partial Regex Ts();

    [GeneratedRegex(@"\bU[0-9A-F]{10}\b")]
    private static partial Regex UserId();
}
