using System.Net;
using System.Text.Json.Nodes;
using NUnit.Framework;
using Subot.Simulator.Faults;

namespace Subot.Tests.Simulator;

/// <summary>Files, and pictures of them in blocks.</summary>
public sealed class FileTests : SimulatorFixture
{
    [Test]
    public async Task A_picture_is_shown_by_its_id_or_by_its_address()
    {
        var file = await UploadAsync();
        var byId = await PostAsync(new JsonObject { ["id"] = file["id"]!.DeepClone() });
        var byUrl = await PostAsync(new JsonObject { ["url"] = file["url_private"]!.DeepClone() });
        var unknown = await PostAsync(new JsonObject { ["id"] = "F0UNKNOWN1" });
        using var picture = await Http.GetAsync(file["url_private"]!.GetValue<string>(), Limit);

        Assert.That(byId["ok"]!.GetValue<bool>() && byUrl["ok"]!.GetValue<bool>(), Is.True);
        Assert.That(unknown["error"]!.GetValue<string>(), Is.EqualTo("invalid_blocks"));
        Assert.That(picture.Content.Headers.ContentType!.MediaType, Is.EqualTo("image/png"));
    }

    [Test]
    public async Task A_picture_that_is_still_processed_is_refused_with_the_reason()
    {
        Simulator.Faults.Settings = new FaultSettings { FileProcessingMs = 5000 };
        var image = new JsonObject { ["id"] = (await UploadAsync())["id"]!.DeepClone() };
        var early = await PostAsync(image);
        var home = await CallAsync("views.publish", new JsonObject { ["user_id"] = Ann, ["view"] = new JsonObject { ["type"] = "home", ["blocks"] = Blocks(image) } });
        Clock.Advance(TimeSpan.FromSeconds(5));
        var late = await PostAsync(image);

        Assert.That(early["error"]!.GetValue<string>(), Is.EqualTo("invalid_blocks"));
        Assert.That(early["response_metadata"]!["messages"]![0]!.GetValue<string>(), Is.EqualTo("[ERROR] invalid slack file [json-pointer:/blocks/0/slack_file]"));
        Assert.That(home["response_metadata"]!["messages"]![0]!.GetValue<string>(), Does.Contain("/view/blocks/0/slack_file"));
        Assert.That(late["ok"]!.GetValue<bool>(), Is.True);
    }

    [Test]
    public async Task Without_the_scope_nothing_is_uploaded()
    {
        Simulator.Tokens.Scopes = ["chat:write"];

        var answer = await CallAsync("files.getUploadURLExternal", new JsonObject { ["filename"] = "a.png", ["length"] = 4 });

        Assert.That(answer["error"]!.GetValue<string>(), Is.EqualTo("missing_scope"));
        Assert.That(answer["needed"]!.GetValue<string>(), Is.EqualTo("files:write"));
    }

    [Test]
    public async Task A_file_that_is_no_picture_is_only_downloaded()
    {
        var file = await UploadAsync("page.html");
        using var page = await Http.GetAsync(file["url_private"]!.GetValue<string>(), Limit);

        Assert.That(page.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(page.Content.Headers.ContentDisposition!.DispositionType, Is.EqualTo("attachment"));
    }

    private Task<JsonObject> PostAsync(JsonObject file) =>
        CallAsync("chat.postMessage", new JsonObject { ["channel"] = Help, ["text"] = "chart", ["blocks"] = Blocks(file) });

    private static JsonArray Blocks(JsonObject file) =>
        new(new JsonObject { ["type"] = "image", ["slack_file"] = file.DeepClone(), ["alt_text"] = "A chart" });

    private async Task<JsonObject> UploadAsync(string name = "chart.png")
    {
        var expected = await CallAsync("files.getUploadURLExternal", new JsonObject { ["filename"] = name, ["length"] = 4 });
        using var content = new ByteArrayContent([1, 2, 3, 4]);
        using var sent = await Http.PostAsync(expected["upload_url"]!.GetValue<string>(), content, Limit);
        var completed = await CallAsync("files.completeUploadExternal", new JsonObject { ["files"] = new JsonArray(new JsonObject { ["id"] = expected["file_id"]!.DeepClone() }) });
        return completed["files"]![0]!.AsObject();
    }
}
