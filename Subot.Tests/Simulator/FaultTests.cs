using System.Net;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Subot.Tests.Simulator;

/// <summary>Each fault does what it says, and ends when it is cleared.</summary>
public sealed class FaultTests : SimulatorFixture
{
    [Test]
    public async Task An_unknown_fault_is_refused_by_name()
    {
        var answer = await PostJsonAsync("faults", """{"dupicate":1}""");
        Assert.That(answer["error"]!.GetValue<string>(), Does.Contain("dupicate"));
    }

    [Test]
    public async Task A_duplicate_has_another_envelope_and_the_same_event_id()
    {
        await PostJsonAsync("faults", """{"duplicate":1}""");
        using var socket = await ConnectAsync();
        Simulator.Workspace.Post(Ann, Help, "hello");

        var first = (await socket.ReceiveAsync(Limit))!;
        var second = (await socket.ReceiveAsync(Limit))!;
        Assert.That(second["envelope_id"]!.GetValue<string>(), Is.Not.EqualTo(first["envelope_id"]!.GetValue<string>()));
        Assert.That(second["payload"]!["event_id"]!.GetValue<string>(), Is.EqualTo(first["payload"]!["event_id"]!.GetValue<string>()));
    }

    [Test]
    public async Task Reordered_events_all_arrive_in_another_order()
    {
        await PostJsonAsync("faults", """{"reorder":10}""");
        using var socket = await ConnectAsync();
        var sent = Enumerable.Range(0, 30).Select(number => number.ToString("D2")).ToList();
        foreach (var text in sent)
            Simulator.Workspace.Post(Ann, Help, text);
        Clock.Advance(TimeSpan.FromMilliseconds(101));

        var received = new List<string>();
        while (received.Count < sent.Count)
            received.Add((await socket.TakeEventAsync(Limit))["text"]!.GetValue<string>());
        Assert.That(received, Is.EquivalentTo(sent));
        Assert.That(received, Is.Not.EqualTo(sent));
    }

    [Test]
    public async Task Sockets_drop_after_so_many_events_and_nothing_is_lost()
    {
        await PostJsonAsync("faults", """{"drop_every":2}""");
        var socket = await ConnectAsync();
        Simulator.Workspace.Post(Ann, Help, "one");
        Simulator.Workspace.Post(Ann, Help, "two");
        while (await socket.ReceiveAsync(Limit) is not null)
        {
        }
        socket.Dispose();

        using var next = await ConnectAsync();
        var texts = new[] { await next.TakeEventAsync(Limit), await next.TakeEventAsync(Limit) }.Select(@event => @event["text"]!.GetValue<string>());
        Assert.That(string.Join(' ', texts.Order()), Is.EqualTo("one two"));
    }

    [Test]
    public async Task A_lost_acknowledgement_brings_the_event_again()
    {
        await PostJsonAsync("faults", """{"lose_acks":1}""");
        using var socket = await ConnectAsync();
        Simulator.Workspace.Post(Ann, Help, "hello");
        await socket.TakeEventAsync(Limit);
        Clock.Advance(TimeSpan.FromSeconds(3.1));

        Assert.That((await socket.ReceiveAsync(Limit))!["retry_attempt"]!.GetValue<int>(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_silent_socket_stays_open_and_counts_as_a_ghost_until_its_client_leaves()
    {
        await PostJsonAsync("faults", """{"silent_next":1}""");
        var ghost = await OpenSocketAsync();
        var silence = ghost.ReceiveAsync(Limit);
        await UntilConnectionsAsync(1);
        using var second = await OpenSocketAsync();
        var hello = await second.ReceiveAsync(Limit);

        Assert.That(hello!["num_connections"]!.GetValue<int>(), Is.EqualTo(2));
        Assert.That(silence.IsCompleted, Is.False);
        ghost.Drop();
        await UntilConnectionsAsync(1);
        ghost.Dispose();
    }

    [Test]
    public async Task A_hello_can_be_late()
    {
        await PostJsonAsync("faults", """{"hello_delay_ms":5000}""");
        using var socket = await OpenSocketAsync();
        var hello = socket.ReceiveAsync(Limit);
        await GetJsonAsync("stats");
        Assert.That(hello.IsCompleted, Is.False);

        while (!hello.IsCompleted)
        {
            Clock.Advance(TimeSpan.FromSeconds(5));
            await GetJsonAsync("stats");
        }
        Assert.That((await hello)!["type"]!.GetValue<string>(), Is.EqualTo("hello"));
    }

    [TestCase("429", HttpStatusCode.TooManyRequests)]
    [TestCase("500", HttpStatusCode.InternalServerError)]
    public async Task A_method_fails_for_the_next_calls_and_does_nothing(string kind, HttpStatusCode status)
    {
        await PostJsonAsync("faults", $$"""{"api":[{"method":"chat.postMessage","kind":"{{kind}}","next":1,"retry_after":7}]}""");
        using var failed = await SendAsync("chat.postMessage", Hello());
        using var done = await SendAsync("chat.postMessage", Hello());

        Assert.That((failed.StatusCode, done.StatusCode), Is.EqualTo((status, HttpStatusCode.OK)));
        Assert.That(failed.Headers.RetryAfter?.Delta, Is.EqualTo(kind == "429" ? TimeSpan.FromSeconds(7) : (TimeSpan?)null));
        Assert.That(await CountAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_post_can_be_made_although_its_answer_never_comes()
    {
        await PostJsonAsync("faults", """{"api":[{"method":"chat.postMessage","kind":"post-timeout","delay_ms":0}]}""");

        Assert.That(() => SendAsync("chat.postMessage", Hello()), Throws.InstanceOf<HttpRequestException>());
        Assert.That(await CountAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_post_can_appear_long_after_it_failed()
    {
        await PostJsonAsync("faults", """{"api":[{"method":"chat.postMessage","kind":"post-late","delay_ms":20000}]}""");
        Assert.That(() => SendAsync("chat.postMessage", Hello()), Throws.InstanceOf<HttpRequestException>());
        Assert.That(await CountAsync(), Is.Zero);

        Clock.Advance(TimeSpan.FromSeconds(20.1));
        Assert.That(await CountAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_link_is_unfurled_without_a_new_text_or_an_editor()
    {
        await PostJsonAsync("faults", """{"unfurl":true}""");
        using var socket = await ConnectAsync();
        Simulator.Workspace.Post(Ann, Help, "see <https://status.example.test|status>");
        await socket.TakeEventAsync(Limit);
        Clock.Advance(TimeSpan.FromSeconds(1.1));

        var changed = await socket.TakeEventAsync(Limit);
        var message = changed["message"]!.AsObject();
        Assert.That(changed["subtype"]!.GetValue<string>(), Is.EqualTo("message_changed"));
        Assert.That(message["text"]!.GetValue<string>(), Is.EqualTo(changed["previous_message"]!["text"]!.GetValue<string>()));
        Assert.That(message["attachments"]![0]!["from_url"]!.GetValue<string>(), Is.EqualTo("https://status.example.test"));
        Assert.That(message.ContainsKey("edited"), Is.False);
    }

    private static JsonObject Hello() => new() { ["channel"] = Help, ["text"] = "hello" };

    private async Task UntilConnectionsAsync(int count)
    {
        var reached = new TaskCompletionSource();
        void Look()
        {
            if (Simulator.Hub.ConnectionCount == count)
                reached.TrySetResult();
        }
        Simulator.Hub.ConnectionsChanged += Look;
        Look();
        await reached.Task.WaitAsync(Limit);
    }

    private async Task<int> CountAsync() =>
        (await CallAsync("conversations.history", new JsonObject { ["channel"] = Help }))["messages"]!.AsArray().Count;
}
