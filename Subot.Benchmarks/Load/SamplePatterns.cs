using Subot.Domain.Patterns;

namespace Subot.Benchmarks.Load;

/// <summary>Patterns as a support team types them, texts as people write them, and texts that nobody writes.</summary>
internal static class SamplePatterns
{
    private static readonly string[] s_names =
    [
        "vault", "jenkins", "kubernetes", "grafana", "kibana", "artifactory", "gitlab", "terraform", "kafka", "airflow",
        "datadog", "sonarqube", "postgres", "redis", "nexus", "argocd", "consul", "sentry", "jira", "confluence",
    ];

    private static readonly string[] s_words =
    [
        "hello", "could", "someone", "have", "a", "look", "at", "the", "service", "since", "this", "morning", "it", "answers", "slowly", "and",
        "our", "team", "is", "waiting", "for", "merge", "request", "bonjour", "est-ce", "que", "quelqu'un", "peut", "regarder", "depuis", "hier",
        "le", "déploiement", "reste", "bloqué", "merci", "thanks", ":pray:", "<@U0ANN>", "production", "staging", "logs", "show", "nothing", "new",
        "please", "again", "after", "release", "version", "<https://wiki.example.org/page?a=1&amp;b=2|page>", "we", "cannot", "see", "why",
    ];

    private static readonly string[] s_topics =
    [
        "vault", "Jenkins", "k8s", "build failed", "mot de passe", "accès refusé", "OPS-1234", "HTTP 503", "error 500", "Grafana", "pods",
        "access denied", "connection timed out", "merge conflict", "password reset",
    ];

    /// <summary>Twenty tools with five patterns each, two of them words.</summary>
    public static IReadOnlyList<(string Id, IReadOnlyList<Pattern> Patterns)> Tools { get; } = [.. s_names.Select((name, i) => (name, Patterns(name, i)))];

    /// <summary>Odd texts of any length.</summary>
    public static IReadOnlyList<(string What, Func<int, string> Text)> OddTexts { get; } =
    [
        ("ordinary text", n => Cut(string.Join(' ', Texts((n / 200) + 1)), n)),
        ("one letter", n => new string('a', n)),
        ("letters of many patterns, no blanks", n => Fill("vaultjenkinsbuildfail", n)),
        ("emoji", n => Fill("🎉🚀", n)),
        ("right to left", n => Fill("שלום עולם مرحبا ", n)),
        ("nested quotes", n => Fill("&gt; ", n / 2) + Fill("\"'“", n - (n / 2))),
        ("accents", n => Fill("a\u0301\u0302", n)),
        ("underscores and dots", n => Fill("_._:_'", n)),
    ];

    /// <summary>Texts of 200 characters; every third is about one of the tools.</summary>
    public static IReadOnlyList<string> Texts(int count)
    {
        var random = new Random(20260329);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var words = random.GetItems(s_words, 60);
            if (i % 3 == 0)
                words[random.Next(15)] = random.GetItems(s_topics, 1)[0];
            return Cut(string.Join(' ', words), 200);
        })];
    }

    private static IReadOnlyList<Pattern> Patterns(string name, int i) =>
    [
        new(PatternKind.Regex, $@"\b{name}s?\b"),
        new(PatternKind.Word, i % 2 == 0 ? name : $".*{name}.*"),
        new(PatternKind.Word, (i % 4) switch
        {
            0 => $"{name[..3]}.*",
            1 => "(acc[eè]s.*|permission)",
            2 => $"{name}-?<1-{i + 2}>",
            _ => "droits?",
        }),
        new(PatternKind.Regex, (i % 5) switch
        {
            0 => @"\b(?:build|pipeline|job)s?\s+(?:is\s+)?(?:failed|failing|stuck|red)\b",
            1 => @"\b(?:http|error|code)\s*[45]\d\d\b",
            2 => @"\b[A-Z]{2,6}-\d{1,6}\b",
            3 => @"(?:reset|forgot(?:ten)?|change)\s+(?:my\s+)?password|mot de passe",
            _ => @"acc[eèé]s\s+(?:refus[eé]|interdit)|access\s+denied",
        }),
        new(PatternKind.Regex, $@"{name}[\w.-]*\.example\.(?:org|com)(?:/\S*)?|(?:can'?t|cannot|unable to)\s+(?:reach|open|log ?in to)\s+{name}"),
    ];

    private static string Fill(string unit, int length) => Cut(string.Concat(Enumerable.Repeat(unit, (length / unit.Length) + 1)), length);

    private static string Cut(string text, int length) => text[..length];
}
