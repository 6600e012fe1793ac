namespace Subot.Slack;

/// <summary>
/// The answer to one slash command or interaction: the acknowledgement is sent once, by whoever comes first; what
/// comes later goes through the response_url.
/// </summary>
internal sealed class Reply(SocketModeConnection connection, string envelopeId, Uri? responseUrl, bool acceptsPayload, ISlackApi api)
{
    private int _acknowledged;

    public Task AcknowledgeAsync(CancellationToken ct) => TryAcknowledgeAsync(Acknowledgement.Empty(envelopeId), ct);

    public async Task RespondAsync(ResponseMessage message, bool inAcknowledgement, CancellationToken ct)
    {
        if (inAcknowledgement && acceptsPayload && await TryAcknowledgeAsync(Acknowledgement.WithMessage(envelopeId, message), ct))
            return;
        await AcknowledgeAsync(ct);
        if (responseUrl is not { IsAbsoluteUri: true })
            throw new SlackException("response_url", "no_response_url", SlackErrorKind.Place);
        await api.RespondAsync(responseUrl, message, ct);
    }

    public Task<bool> RejectAsync(IReadOnlyDictionary<string, string> errors, CancellationToken ct) =>
        TryAcknowledgeAsync(Acknowledgement.WithErrors(envelopeId, errors), ct);

    /// <summary>For a handler that failed or never ran: tells the person, if nobody has.</summary>
    public Task ApologiseAsync(string text, CancellationToken ct) => acceptsPayload
        ? TryAcknowledgeAsync(Acknowledgement.WithMessage(envelopeId, new ResponseMessage { Text = text }), ct)
        : AcknowledgeAsync(ct);

    private async Task<bool> TryAcknowledgeAsync(ReadOnlyMemory<byte> frame, CancellationToken ct)
    {
        if (frame.Length >= Acknowledgement.Limit || Interlocked.Exchange(ref _acknowledged, 1) == 1)
            return false;
        return await connection.SendAsync(frame, ct);
    }
}
