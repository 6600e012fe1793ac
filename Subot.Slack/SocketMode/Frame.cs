namespace Subot.Slack;

/// <summary>One message of Slack's on the socket.</summary>
internal abstract record Frame;

internal sealed record HelloFrame(int NumConnections) : Frame;

internal sealed record DisconnectFrame(string Reason) : Frame;

internal sealed record SlashCommandFrame(string EnvelopeId, SlashCommandPayload Payload, bool AcceptsPayload) : Frame;

internal sealed record InteractionFrame(string EnvelopeId, InteractionPayload Payload) : Frame;

/// <summary>An envelope of a kind that this library does not know; acknowledged, so that it does not come again.</summary>
internal sealed record UnknownFrame(string EnvelopeId, string Type) : Frame;

/// <summary>What Slack should not have sent.</summary>
internal sealed record MalformedFrame(string Reason) : Frame;
