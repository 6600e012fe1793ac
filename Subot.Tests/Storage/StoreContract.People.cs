using NUnit.Framework;
using Subot.Domain;
using Subot.Storage;

namespace Subot.Tests.Storage;

public abstract partial class StoreContract
{
    [Test]
    public async Task People_come_back_as_they_were_recorded_and_others_are_missing()
    {
        var ann = Somebody("U0P1", 5) with { Email = "ann@example.org", FirstName = "Ann", LastName = "Åström", DisplayName = "", Image32 = "https://a/32.png", Image512 = "https://a/512.png" };
        var bot = Somebody("U0BOT", 5) with { IsBot = true };
        await Store.RecordPeopleAsync([ann, bot], Ct);

        var people = await Store.PeopleAsync([ann.Id, new UserId("U0NOBODY"), bot.Id, ann.Id], Ct);
        Assert.That(people.Values, Is.EquivalentTo(new[] { ann, bot }));
        Assert.That(people[ann.Id], Is.EqualTo(ann));
        Assert.That(await Store.PeopleAsync([], Ct), Is.Empty);
    }

    [Test]
    public async Task What_is_known_of_a_person_of_a_later_time_stays()
    {
        var now = Somebody("U0P1", 5);
        await Store.RecordPeopleAsync([now], Ct);
        await Store.RecordPeopleAsync([now with { AsOf = Second(4), RealName = "Maiden Name" }], Ct);
        Assert.That((await Store.PeopleAsync([now.Id], Ct))[now.Id], Is.EqualTo(now));

        await Store.RecordPeopleAsync([now with { RealName = "New Name" }], Ct);
        await Store.RecordPeopleAsync([now with { AsOf = Second(6), RealName = "Newer Name" }, Somebody("U0P2", 1)], Ct);
        Assert.That((await Store.PeopleAsync([now.Id], Ct))[now.Id], Is.EqualTo(now with { AsOf = Second(6), RealName = "Newer Name" }));
    }

    [Test]
    public async Task Everybody_is_read_by_id()
    {
        var people = Enumerable.Range(0, 1100).Select(i => Somebody($"U0P{i:D4}", i)).ToList();
        await Store.RecordPeopleAsync([.. Enumerable.Reverse(people)], Ct);
        Assert.That(await ListOf(Store.ReadPeopleAsync(Ct)), Is.EqualTo(people));
    }

    private static Person Somebody(string id, int second) =>
        new(new UserId(id), Second(second)) { Name = id.ToLowerInvariant(), RealName = $"Real {id}", DisplayName = "shown" };
}
