namespace Subot.Hosting;

/// <summary>A program or a command cannot do what it is asked to; the message says what to do.</summary>
public sealed class StartRefusedException(string message, Exception? inner = null) : Exception(message, inner);
