using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Subot.Hosting.Configuration;

/// <summary>
/// Where parameters come from: the environment, or else lower-case keys of config/{ENV}.yml (ENV is 'default' unless set).
/// </summary>
public sealed class ParameterSource
{
    private readonly Func<string, string?> _environment;
    private readonly IReadOnlyDictionary<string, string> _file;

    /// <summary>A source of an environment and the values of a file.</summary>
    public ParameterSource(Func<string, string?> environment, IReadOnlyDictionary<string, string>? file = null)
    {
        _environment = environment;
        _file = file ?? new Dictionary<string, string>();
    }

    /// <summary>The process's environment and the file below a folder, if there is one.</summary>
    /// <exception cref="ConfigurationException">The file cannot be read.</exception>
    public static ParameterSource OfProcess(string folder)
    {
        var name = Environment.GetEnvironmentVariable("ENV") is { Length: > 0 } env ? env : "default";
        var path = Path.Combine(folder, "config", name + ".yml");
        return new ParameterSource(Environment.GetEnvironmentVariable, File.Exists(path) ? ReadFile(path) : null);
    }

    /// <summary>The value of a parameter; null if it is set nowhere.</summary>
    public string? Find(string name)
    {
        if (_environment(name) is { Length: > 0 } value)
            return value.Trim();
        return _file.TryGetValue(name.ToLowerInvariant(), out var written) && written.Length > 0 ? written.Trim() : null;
    }

    private static Dictionary<string, string> ReadFile(string path)
    {
        try
        {
            var values = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object?>>(File.ReadAllText(path)) ?? [];
            return values.ToDictionary(v => v.Key.ToLowerInvariant(), v => v.Value switch
            {
                IEnumerable<object> list => string.Join(',', list),
                var one => one?.ToString() ?? "",
            });
        }
        catch (Exception e) when (e is YamlException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException([$"{path} cannot be read: {e.Message}"]);
        }
    }
}

/// <summary>The configuration is wrong; every problem says which parameter it is about and what a valid value looks like.</summary>
public sealed class ConfigurationException(IReadOnlyList<string> problems)
    : Exception($"Something is missing or wrong in the configuration:{Environment.NewLine}{string.Join(Environment.NewLine, problems.Select(p => "  - " + p))}")
{
    /// <summary>What is wrong, a line each.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
