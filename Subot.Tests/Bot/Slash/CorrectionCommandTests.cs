using NUnit.Framework;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Projection;

namespace Subot.Tests.Bot.Slash;

/// <summary>Threads that people correct by their links.</summary>
public sealed class CorrectionCommandTests
{
    private SlashDesk _desk = null!;

    [SetUp]
    public async Task OpenAsync() => _desk = await SlashDesk.OpenAsync();

    [TearDown]
    public async Task CloseAsync() => await _desk.DisposeAsync();

    [Test]
    public async Task A_request_is_solved_opened_dismissed_and_taken_back()
    {
        var root = await _desk.WriteAsync(SlashDesk.Ann, 1, "Help!");
        var link = SlashDesk.LinkTo(root);
        List<ThreadStatus> statuses = [];
        foreach (var verb in new[] { "solve", "reopen", "dismiss", "reopen" })
        {
            await _desk.TypeAsync(SlashDesk.Tim, $"{verb} {link}");
            statuses.Add(await StatusAsync(root));
        }

        Assert.That(statuses, Is.EqualTo([ThreadStatus.Fixed, ThreadStatus.Unresponded, ThreadStatus.Dismissed, ThreadStatus.Unresponded]));
        Assert.That((await _desk.CorrectionsAsync(root)).Select(c => (c.Correction, c.By.Value)), Is.EqualTo(new[]
        {
            (CorrectionKind.Solve, SlashDesk.Tim), (CorrectionKind.Reopen, SlashDesk.Tim), (CorrectionKind.Dismiss, SlashDesk.Tim), (CorrectionKind.Restore, SlashDesk.Tim),
        }));
    }

    [Test]
    public async Task It_is_the_last_word_also_where_Slacks_clock_is_ahead_of_ours()
    {
        var root = await _desk.WriteAsync(SlashDesk.Ann, 1, "Help!");
        var ahead = await _desk.WriteAsync(SlashDesk.Ann, -1, "Anybody?", root);
        await _desk.TypeAsync(SlashDesk.Tim, $"solve {SlashDesk.LinkTo(root)}");
        Assert.That((await _desk.CorrectionsAsync(root)).Single().Time, Is.EqualTo(new Ts(ahead.Micros + 1)));
        Assert.That(await StatusAsync(root), Is.EqualTo(ThreadStatus.Fixed));
    }

    [Test]
    public async Task A_reply_stands_for_its_thread_with_and_without_its_root_in_the_link()
    {
        var root = await _desk.WriteAsync(SlashDesk.Ann, 2, "Help!");
        var reply = await _desk.WriteAsync(SlashDesk.Ann, 1, "Please", root);
        await _desk.TypeAsync(SlashDesk.Tim, $"solve {SlashDesk.LinkTo(reply)}");
        Assert.That(await StatusAsync(root), Is.EqualTo(ThreadStatus.Fixed));
        await _desk.TypeAsync(SlashDesk.Tim, $"reopen <{SlashDesk.LinkTo(reply)}?thread_ts={root}&amp;cid={SlashDesk.Help}>");
        Assert.That(await StatusAsync(root), Is.EqualTo(ThreadStatus.Unresponded));
    }

    [Test]
    public async Task What_is_so_already_or_no_request_stays_as_it_is()
    {
        var root = await _desk.WriteAsync(SlashDesk.Ann, 2, "Help!");
        var note = await _desk.WriteAsync(SlashDesk.Tim, 1, "An update tonight");
        Assert.That(await _desk.TypeAsync(SlashDesk.Tim, $"reopen {SlashDesk.LinkTo(root)}"), Does.EndWith("is open already."));
        Assert.That(await _desk.TypeAsync(SlashDesk.Tim, $"dismiss {SlashDesk.LinkTo(note)}"), Does.Contain("is no request"));
        Assert.That((await _desk.CorrectionsAsync(root)).Concat(await _desk.CorrectionsAsync(note)), Is.Empty);
    }

    private async Task<ThreadStatus> StatusAsync(Ts root)
    {
        var key = new ThreadKey(new ChannelId(SlashDesk.Help), root);
        return (await _desk.Store.LoadAsync([key], default))[key].State.Status;
    }
}
