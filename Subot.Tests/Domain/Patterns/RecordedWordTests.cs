using System.Text.Json;
using NUnit.Framework;
using Subot.Domain.Patterns;

namespace Subot.Tests.Domain.Patterns;

/// <summary>Expressions and texts of which it was recorded what Elasticsearch matched for the first Subot.</summary>
public sealed class RecordedWordTests
{
    private static readonly string[] s_refusedByUs = ["~jenkins", "jen~ins", "a&b", ".*vault.*&.*prod.*", ""];
    private static readonly string[] s_refusedByBoth = ["(", "[", "x{0,2000}"];

    [Test]
    public void Every_recorded_expression_matches_the_recorded_texts_or_is_refused_by_name()
    {
        using var recording = JsonDocument.Parse(File.ReadAllText(TestData.Require("legacy", "extra", "percolation.json")));
        var texts = Strings(recording.RootElement.GetProperty("texts"));
        var (refused, agreed) = (new List<string>(), 0);
        foreach (var row in recording.RootElement.GetProperty("rows").EnumerateArray())
        {
            if (row.GetProperty("input_field_type").GetString() != "text")
                continue;
            var pattern = new Pattern(PatternKind.Word, row.GetProperty("regexp").GetString()!);
            if (Pattern.Problem(pattern) is not null)
            {
                refused.Add(pattern.Text);
                continue;
            }

            var matcher = Patient.Matcher([("tool", [pattern])]);
            Assert.That(texts.Where(t => matcher.Match(t).Ids.Count == 1), Is.EquivalentTo(Strings(row.GetProperty("matches"))), pattern.Text);
            agreed++;
        }

        Assert.That(refused, Is.EquivalentTo(s_refusedByUs.Concat(s_refusedByBoth)));
        Assert.That(agreed, Is.EqualTo(51 - refused.Count));
    }

    private static List<string> Strings(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetString()!)];
}
