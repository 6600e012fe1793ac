using NUnit.Framework;
using Subot.Storage;

namespace Subot.Tests.Storage;

[TestFixture]
public sealed class MemoryStoreTests : StoreContract
{
    protected override Task<IStore> OpenEmptyAsync() => Task.FromResult<IStore>(new MemoryStore());
}
