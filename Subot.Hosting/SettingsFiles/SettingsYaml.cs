using Subot.Domain.Settings;
using Subot.Storage.Settings;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.EventEmitters;
using YamlDotNet.Serialization.NamingConventions;

namespace Subot.Hosting.SettingsFiles;

/// <summary>Settings as a YAML file for people.</summary>
public static class SettingsYaml
{
    private const string Header = """
        # The settings of Subot. 'subot settings import' reads this file again, also while the bot runs.
        # The file is the whole: what is left out has its usual value. But for these:
        # - tools, labels and answers that are left out are archived: they keep their numbers, and can come back;
        # - team_groups' members, on_call.topics and on_call.duties follow Slack and the commands: what is left out stays as it is.
        #   In a file that is kept in git leave them out, or an import brings back those of the day of the export.

        """;

    private static readonly ISerializer s_writer = new SerializerBuilder()
        .WithNamingConvention(UnderscoredNamingConvention.Instance)
        .ConfigureDefaultValuesHandling(DefaultValuesHandling.OmitNull | DefaultValuesHandling.OmitDefaults)
        .WithIndentedSequences()
        .WithQuotingNecessaryStrings(quoteYaml1_1Strings: true)
        .WithEventEmitter(next => new LinesAsTheyAre(next))
        .Build();

    private static readonly IDeserializer s_reader = new DeserializerBuilder()
        .WithNamingConvention(UnderscoredNamingConvention.Instance)
        .WithDuplicateKeyChecking()
        .Build();

    /// <summary>The file of settings, with what people have to know at its top.</summary>
    public static string WriteFile(TeamSettings settings) => Header.ReplaceLineEndings("\n") + Write(settings);

    /// <summary>The settings alone.</summary>
    public static string Write(TeamSettings settings) => s_writer.Serialize(SettingsWriter.Write(settings)).ReplaceLineEndings("\n");

    /// <summary>The document of a file, or why there is none: with the line where it cannot be read.</summary>
    public static (SettingsDocument? Document, IReadOnlyList<string> Problems) Read(string yaml)
    {
        try
        {
            if (EmptyItems(yaml) is { Count: > 0 } empty)
                return (null, empty);
            if (SettingsKeys.Unknown(yaml) is { Count: > 0 } unknown)
                return (null, unknown);
            return s_reader.Deserialize<SettingsDocument?>(yaml) is { } document ? (document, []) : (null, ["The file is empty."]);
        }
        catch (YamlException e)
        {
            // The reader wraps what is wrong with a value.
            var cause = (Exception)e;
            while (cause is YamlException && cause.InnerException is { } inner and not InvalidOperationException)
                cause = inner;
            return (null, [$"line {e.Start.Line}, column {e.Start.Column}: {cause.Message}"]);
        }
    }

    /// <summary>A dash with nothing behind it is a slip, and would be a name without letters.</summary>
    private static List<string> EmptyItems(string yaml)
    {
        List<string> problems = [];
        var nested = new Stack<bool>();
        var parser = new Parser(new StringReader(yaml));
        while (MoveNext(parser))
        {
            switch (parser.Current)
            {
                case SequenceStart:
                    nested.Push(true);
                    break;
                case MappingStart:
                    nested.Push(false);
                    break;
                case SequenceEnd or MappingEnd:
                    nested.Pop();
                    break;
                case Scalar { Style: ScalarStyle.Plain, Value: "" or "~" or "null" } item when nested.TryPeek(out var inList) && inList:
                    problems.Add($"line {item.Start.Line}: an entry of the list is empty.");
                    break;
            }
        }

        return problems;
    }

    private static bool MoveNext(Parser parser)
    {
        try
        {
            return parser.MoveNext();
        }
        catch (InvalidOperationException e)
        {
            // So the parser fails over some brackets that are not closed.
            var (start, end) = parser.Current is { } last ? (last.Start, last.End) : (Mark.Empty, Mark.Empty);
            throw new YamlException(start, end, "What follows is no YAML; perhaps a bracket or a quote is not closed.", e);
        }
    }

    /// <summary>Texts of several lines are written line by line, where YAML gives them back as they are.</summary>
    private sealed class LinesAsTheyAre(IEventEmitter next) : ChainedEventEmitter(next)
    {
        public override void Emit(ScalarEventInfo eventInfo, IEmitter emitter)
        {
            if (eventInfo.Source.Value is string text && StyleOf(text) is { } style)
                emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, style, isPlainImplicit: false, isQuotedImplicit: true));
            else
                base.Emit(eventInfo, emitter);
        }

        /// <summary>Null for a text of one line that the writer may write as it likes.</summary>
        private static ScalarStyle? StyleOf(string text)
        {
            var lines = text.Split('\n');
            // Quoted with escapes: what the other styles trim, fold or take for the end of a line.
            if (!Array.TrueForAll(lines, IsSafe))
                return ScalarStyle.DoubleQuoted;
            return lines.Length == 1 ? null : Array.TrueForAll(lines, l => l.Length > 0) ? ScalarStyle.Literal : ScalarStyle.DoubleQuoted;
        }

        private static bool IsSafe(string line) =>
            line == line.Trim() && !line.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029' or '\ufeff');
    }
}
