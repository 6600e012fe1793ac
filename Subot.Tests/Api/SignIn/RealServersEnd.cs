using NUnit.Framework;

namespace Subot.Tests.Api.SignIn;

/// <summary>Ends the servers that these tests share.</summary>
[SetUpFixture]
public sealed class RealServersEnd
{
    [OneTimeTearDown]
    public async Task EndAsync()
    {
        await DirectoryServer.EndAsync();
        await IssuerServer.EndAsync();
    }
}
