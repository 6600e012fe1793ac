using NUnit.Framework;
using Subot.Bot.Copying;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Settings;
using Subot.Hosting;
using Subot.Storage;
using Subot.Storage.Privacy;
using Subot.Tests.Storage;

namespace Subot.Tests.Bot.Privacy;

/// <summary>A copy knows who was erased, and brings nobody back.</summary>
public sealed class CopiedErasureTests
{
    private static readonly UserId s_ann = new("U0ANN");
    private static readonly ThreadKey s_thread = new(new ChannelId("C1"), RandomThreads.At(2026, 11, 2));
    private MemoryStore _from = null!;
    private MemoryStore _to = null!;

    private static CancellationToken Ct => TestContext.CurrentContext.CancellationToken;

    [SetUp]
    public async Task FillAsync()
    {
        (_from, _to) = (new MemoryStore(), new MemoryStore());
        await _from.AppendSettingsAsync(new SettingsVersion(1, Ts.Zero, new TeamSettings(), "test"), Ct);
        await _from.CommitAsync(new ChangeSet { Threads = [RandomThreads.Change(s_thread, [new MessageFact(s_thread.Root, s_ann, AuthorKind.Person, Verdicts.None)])], Now = s_thread.Root }, Ct);
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await _from.DisposeAsync();
        await _to.DisposeAsync();
    }

    [Test]
    public async Task Who_was_erased_is_known_in_the_copy()
    {
        var request = await EraseAsync(_from);

        await CopyAsync();

        Assert.That((await ErasedPeople.OfAsync(_to, Ct)).Of(s_ann), Is.EqualTo(request.Erasure!.Pseudonym));
        Assert.That(await StoreDigest.OfAsync(_to, Ct), Is.EqualTo(await StoreDigest.OfAsync(_from, Ct)));
        await CopyAsync();
        Assert.That(await StoreDigest.OfAsync(_to, Ct), Is.EqualTo(await StoreDigest.OfAsync(_from, Ct)), "a second time");
    }

    [Test]
    public async Task A_copy_from_before_is_not_mixed_with_one_from_after([Values] bool erasedInTheCopy)
    {
        await CopyAsync();
        await EraseAsync(erasedInTheCopy ? _to : _from);
        var before = await StoreDigest.OfAsync(_to, Ct);

        Assert.That(CopyAsync, Throws.TypeOf<StartRefusedException>().With.Message.Contains("only one of both"));

        Assert.That(await StoreDigest.OfAsync(_to, Ct), Is.EqualTo(before));
    }

    [Test]
    public async Task What_is_still_to_be_forgotten_is_not_copied()
    {
        await new PrivacyRequests(_from, TimeProvider.System).EraseAsync(s_ann, "test", Ct);

        Assert.That(CopyAsync, Throws.TypeOf<StartRefusedException>().With.Message.Contains("still to forget"));
    }

    private Task CopyAsync() => new StoreCopy(_from, _to).RunAsync(_ => { }, Ct);

    private static async Task<PrivacyRequest> EraseAsync(IStore store)
    {
        var request = await new PrivacyRequests(store, TimeProvider.System).EraseAsync(s_ann, "test", Ct);
        return await new PrivacyExecution(store, TimeProvider.System).RunAsync(request, Ct);
    }
}
