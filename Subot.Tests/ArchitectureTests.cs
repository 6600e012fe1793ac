using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using NUnit.Framework;
using Subot.Domain;

namespace Subot.Tests;

/// <summary>What may refer to what. A reference that is not in the table is a decision to take, not to slip in.</summary>
public sealed class ArchitectureTests
{
    private static readonly string[] s_everything = ["*"];

    private static readonly Dictionary<string, string[]> s_mayReference = new()
    {
        ["Subot.Domain"] = [],
        ["Subot.Slack"] = [],
        ["Subot.Storage"] = ["Subot.Domain"],
        ["Subot.Hosting"] = ["Subot.Domain", "Subot.Storage"],
        ["Subot.Bot"] = ["Subot.Domain", "Subot.Slack", "Subot.Storage", "Subot.Hosting", "Subot.Api.Contracts"],
        ["Subot.Api.Contracts"] = ["Subot.Domain"],
        ["Subot.Api"] = ["Subot.Api.Contracts", "Subot.Domain", "Subot.Storage", "Subot.Hosting"],
        ["Subot.Web"] = ["Subot.Api.Contracts"],
        ["Subot.Engine"] = ["Subot.Domain"],
        ["Subot.Simulator"] = [],
        ["Subot.Demo"] = s_everything,
        ["Subot.Tests"] = s_everything,
        ["Subot.Benchmarks"] = s_everything,
    };

    private static IEnumerable<string> Projects => Directory.EnumerateFiles(Repository(), "Subot.*.csproj", SearchOption.AllDirectories);

    [Test]
    public void Projects_refer_only_to_what_the_table_allows()
    {
        var wrong = from project in Projects
                    let name = Path.GetFileNameWithoutExtension(project)
                    let allowed = s_mayReference.GetValueOrDefault(name, [])
                    from reference in Names(project, "ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Replace('\\', '/')))
                    where allowed != s_everything && !allowed.Contains(reference)
                    select $"{name} refers to {reference}";

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void Every_project_is_in_the_table() =>
        Assert.That(Projects.Select(Path.GetFileNameWithoutExtension), Is.Not.Empty.And.SubsetOf(s_mayReference.Keys));

    [Test]
    public void Domain_uses_no_packages() =>
        Assert.That(Projects.Where(p => p.EndsWith("Subot.Domain.csproj", StringComparison.Ordinal)).SelectMany(p => Names(p, "PackageReference")), Is.Empty);

    [Test]
    public void Domain_knows_no_files_no_network_and_no_clock()
    {
        using var file = new PEReader(File.OpenRead(typeof(Ts).Assembly.Location));
        var metadata = file.GetMetadataReader();
        var used = metadata.TypeReferences.Select(metadata.GetTypeReference)
            .Select(t => $"{metadata.GetString(t.Namespace)}.{metadata.GetString(t.Name)}")
            .ToList();

        Assert.That(used, Does.Contain("System.DateTimeOffset"));
        Assert.That(used, Has.None.StartsWith("System.IO.").And.None.StartsWith("System.Net.").And.None.StartsWith("System.Diagnostics.Stopwatch")
            .And.None.StartsWith("Microsoft.").And.None.EqualTo("System.TimeProvider")
            .And.None.EqualTo("System.Console").And.None.EqualTo("System.Random"));
    }

    private static IEnumerable<string> Names(string project, string item) =>
        XDocument.Load(project).Descendants(item).Select(e => e.Attribute("Include")!.Value);

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Subot.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("the tests do not run inside the repository");
        return folder.FullName;
    }
}
