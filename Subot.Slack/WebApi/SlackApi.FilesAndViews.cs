namespace Subot.Slack;

public sealed partial class SlackApi
{
    /// <inheritdoc/>
    public async Task<string> UploadFileAsync(FileUpload file, CancellationToken ct)
    {
        var ask = SlackCall.Form("files.getUploadURLExternal", new() { ["filename"] = file.FileName, ["length"] = file.Content.Length.ToString() });
        var target = await _transport.CallAsync(ask, SlackJson.Default.UploadTarget, ct);
        if (target.FileId is not { } id || !Uri.TryCreate(target.UploadUrl, UriKind.Absolute, out var address))
            throw Incomplete(ask.Method);

        using (var content = new ReadOnlyMemoryContent(file.Content))
            await _transport.PostAsync(address, "upload_url", content, ct);

        var upload = new CompleteUpload([new UploadedFile(id, file.Title ?? file.FileName)], file.Channel, file.ThreadTs, file.InitialComment);
        var complete = SlackCall.Json("files.completeUploadExternal", upload, SlackJson.Default.CompleteUpload);
        // Sharing the file posts a message.
        await CallAsync(complete with { IsRepeatable = false }, ct);
        return id;
    }

    /// <inheritdoc/>
    public Task<SlackView> OpenViewAsync(string triggerId, View view, CancellationToken ct) =>
        // A trigger works once, and for 3 s.
        ViewAsync(SlackCall.Json("views.open", new OpenView(triggerId, view), SlackJson.Default.OpenView) with { IsTriedOnce = true }, ct);

    /// <inheritdoc/>
    public Task<SlackView> PublishViewAsync(string user, View view, string? hash, CancellationToken ct) =>
        ViewAsync(SlackCall.Json("views.publish", new PublishView(user, view, hash), SlackJson.Default.PublishView), ct);

    /// <inheritdoc/>
    public Task<SlackView> UpdateViewAsync(string viewId, View view, string? hash, CancellationToken ct) =>
        ViewAsync(SlackCall.Json("views.update", new UpdateView(viewId, view, hash), SlackJson.Default.UpdateView), ct);

    private async Task<SlackView> ViewAsync(SlackCall call, CancellationToken ct)
    {
        var answer = await _transport.CallAsync(call, SlackJson.Default.ViewAnswer, ct);
        return answer.View ?? throw Incomplete(call.Method);
    }
}
