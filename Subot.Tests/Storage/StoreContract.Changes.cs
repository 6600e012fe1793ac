using NUnit.Framework;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Storage;

namespace Subot.Tests.Storage;

public abstract partial class StoreContract
{
    [Test]
    public async Task Changes_are_told_with_their_channels_and_only_once()
    {
        var other = new ThreadKey(new ChannelId("C0OTHER"), Second(3));
        var begin = await Store.ChangesAsync(null, Ct);
        Assert.That((begin.Channels.Count, begin.Newest), Is.EqualTo((0, Ts.Zero)));

        await Commit(Request(1), Request(2), RandomThreads.Change(other, [new MessageFact(other.Root, s_ann, AuthorKind.Person, Verdicts.None)]));
        var first = await Store.ChangesAsync(begin.Mark, Ct);
        Assert.That(first.Channels, Is.EquivalentTo(new[] { s_channel, other.Channel }));
        Assert.That(first.Newest, Is.EqualTo(Second(3)));

        await Store.PackAsync(Ct);
        Assert.That((await Store.ChangesAsync(first.Mark, Ct)).Channels, Is.Empty);

        await Commit(Request(1, Reaction(2)) with { ExpectedVersion = 1, NewFacts = [Reaction(2)] });
        var second = await Store.ChangesAsync(first.Mark, Ct);
        Assert.That(second.Channels, Is.EqualTo(new[] { s_channel }));
        Assert.That(second.Newest, Is.EqualTo(Second(3)), "what comes late is no newer");
        Assert.That((await Store.ChangesAsync(second.Mark, Ct)).Channels, Is.Empty);
    }

    [Test]
    public async Task Threads_that_are_projected_anew_have_changed()
    {
        await Store.RecordChannelAsync(new ChannelRecord(s_channel, "help", Second(0), Second(0)), Ct);
        await Commit(Request(1));
        var before = await Store.ChangesAsync(null, Ct);

        await Commit(Request(1) with { ExpectedVersion = 1, NewFacts = [], Actions = [] });
        await Store.RecordProjectedWithAsync(new ProjectedWith(1, 2), Ct);

        Assert.That((await Store.ChangesAsync(before.Mark, Ct)).Channels, Is.EqualTo(new[] { s_channel }));
    }
}
