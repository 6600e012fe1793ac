using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Subot.Hosting.Telemetry;

/// <summary>
/// Logs as lines for people: time, level unless it is ordinary, message; an exception's stack only when it is unexpected.
/// </summary>
public static class PlainConsole
{
    /// <summary>Logs to the console as plain lines.</summary>
    public static ILoggingBuilder AddPlainConsole(this ILoggingBuilder logging)
    {
        logging.Services.AddSingleton(TimeProvider.System);
        return logging.AddConsole(o => o.FormatterName = Formatter.FormatterName).AddConsoleFormatter<Formatter, ConsoleFormatterOptions>();
    }

    private sealed class Formatter(TimeProvider time) : ConsoleFormatter(FormatterName)
    {
        public const string FormatterName = "plain";

        public override void Write<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
        {
            textWriter.Write(time.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss'Z' ", CultureInfo.InvariantCulture));
            textWriter.Write(entry.LogLevel switch
            {
                LogLevel.Trace or LogLevel.Debug => "debug: ",
                LogLevel.Warning => "warning: ",
                LogLevel.Error => "error: ",
                LogLevel.Critical => "critical: ",
                _ => "",
            });
            textWriter.WriteLine(entry.Formatter(entry.State, entry.Exception));
            if (entry.Exception is { } exception)
                textWriter.WriteLine(exception);
        }
    }
}
