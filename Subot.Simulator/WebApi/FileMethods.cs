using System.Text.Json.Nodes;

namespace Subot.Simulator.WebApi;

/// <summary>files.getUploadURLExternal and files.completeUploadExternal.</summary>
internal static class FileMethods
{
    public static JsonObject GetUploadUrl(ApiCall call)
    {
        if (call.Number("length") is not (> 0 and var length))
            return Answer.Error("invalid_arguments", "length must be a positive number");
        var id = call.Context.Uploads.Expect(call["filename"]!, length);
        return Answer.Ok(new JsonObject { ["upload_url"] = $"{call.Context.Url}upload/v1/{id}", ["file_id"] = id });
    }

    public static JsonObject CompleteUpload(ApiCall call)
    {
        if (!call.TryJson("files", out var files) || files is not JsonArray { Count: > 0 } wanted)
            return Answer.Error("invalid_arguments", "files must be an array");
        var shared = new JsonArray();
        foreach (var file in wanted)
        {
            if (file is not JsonObject named || call.Context.Uploads.Find(named.Text("id")) is not { IsReceived: true } upload)
                return Answer.Error("file_not_found");
            call.Context.Uploads.Complete(upload, named.Text("title"));
            shared.Add((JsonNode)upload.Show(call.App.BotUserId, call.Context.Url));
        }
        if (call["channel_id"] is { Length: > 0 } id)
        {
            if (call.Workspace.FindChannel(id) is not { } channel)
                return Answer.Error("channel_not_found");
            if (!call.Workspace.AppIsIn(channel))
                return Answer.Error("not_in_channel");
            if (channel.IsArchived)
                return Answer.Error("is_archived");
            var body = ChatMethods.AuthoredByApp(call);
            body["text"] = call["initial_comment"] ?? "";
            body["files"] = shared.DeepClone();
            body["upload"] = true;
            call.Workspace.PostBody(channel, body, call["thread_ts"], null);
        }
        return Answer.Ok(new JsonObject { ["files"] = shared });
    }
}
