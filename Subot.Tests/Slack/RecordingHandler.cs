using System.Threading.Channels;
using Subot.Slack;

namespace Subot.Tests.Slack;

/// <summary>Keeps all that the client tells, for the test to read in order.</summary>
internal sealed class RecordingHandler : ISocketModeHandler
{
    private readonly Channel<EventDelivery> _events = Channel.CreateUnbounded<EventDelivery>();
    private readonly Channel<SocketModeConnected> _connected = Channel.CreateUnbounded<SocketModeConnected>();
    private readonly Channel<SocketModeDisconnected> _disconnected = Channel.CreateUnbounded<SocketModeDisconnected>();
    private readonly Channel<MalformedDelivery> _malformed = Channel.CreateUnbounded<MalformedDelivery>();

    public Func<SlashCommandDelivery, CancellationToken, Task> SlashCommand { get; set; } = (_, _) => Task.CompletedTask;

    public Func<InteractionDelivery, CancellationToken, Task> Interaction { get; set; } = (_, _) => Task.CompletedTask;

    public Action<EventDelivery> Event { get; set; } = _ => { };

    public void OnEvent(EventDelivery delivery)
    {
        Event(delivery);
        _events.Writer.TryWrite(delivery);
    }

    public void OnMalformed(MalformedDelivery delivery) => _malformed.Writer.TryWrite(delivery);

    public Task OnSlashCommandAsync(SlashCommandDelivery command, CancellationToken ct) => SlashCommand(command, ct);

    public Task OnInteractionAsync(InteractionDelivery interaction, CancellationToken ct) => Interaction(interaction, ct);

    public void OnConnected(SocketModeConnected connection) => _connected.Writer.TryWrite(connection);

    public void OnDisconnected(SocketModeDisconnected connection) => _disconnected.Writer.TryWrite(connection);

    public async Task<EventDelivery> NextEventAsync(CancellationToken ct) => await _events.Reader.ReadAsync(ct);

    public async Task<SocketModeConnected> NextConnectedAsync(CancellationToken ct) => await _connected.Reader.ReadAsync(ct);

    public async Task<SocketModeDisconnected> NextDisconnectedAsync(CancellationToken ct) => await _disconnected.Reader.ReadAsync(ct);

    public async Task<MalformedDelivery> NextMalformedAsync(CancellationToken ct) => await _malformed.Reader.ReadAsync(ct);
}
