using System.Globalization;
using Subot.Api.Contracts.Threads;

namespace Subot.Api.Exporting;

/// <summary>Requests as lines of a table (RFC 4180).</summary>
internal static class Csv
{
    // What spreadsheets take for a formula when a cell begins with it.
    private const string Formulas = "=+-@\t\r";

    private static readonly (string Name, Func<ThreadItem, object?> Value)[] s_columns =
    [
        ("channel", t => t.Channel),
        ("ts", t => t.Ts),
        ("at", t => t.At),
        ("status", t => t.Status),
        ("turn", t => t.Turn),
        ("requester", t => t.Requester),
        ("responder", t => t.Responder),
        ("tools", t => string.Join(' ', t.Tools)),
        ("labels", t => string.Join(' ', t.Labels)),
        ("answers", t => string.Join(' ', t.Answers)),
        ("replies", t => t.Replies),
        ("last_message", t => t.LastMessage),
        ("silent_since", t => t.SilentSince),
        ("feedback", t => t.Feedback),
        ("first_response", t => t.FirstResponse),
        ("first_response_working", t => t.FirstResponseWorking),
        ("solved", t => t.Solved),
        ("response_target", t => t.ResponseTarget),
        ("text", t => t.Text),
    ];

    /// <summary>The names of the columns.</summary>
    public static string Title { get; } = string.Join(',', s_columns.Select(c => c.Name)) + "\r\n";

    /// <summary>A request.</summary>
    public static string Line(ThreadItem thread) => string.Join(',', s_columns.Select(c => Cell(c.Value(thread)))) + "\r\n";

    private static string Cell(object? value) => value switch
    {
        null => "",
        DateTimeOffset at => at.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
        string text => Quoted(text),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static string Quoted(string text)
    {
        if (text.Length > 0 && Formulas.Contains(text[0]))
            text = "'" + text;
        return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
