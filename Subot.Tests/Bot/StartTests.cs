using NUnit.Framework;

namespace Subot.Tests.Bot;

/// <summary>What the bot says when it starts.</summary>
public sealed class StartTests : BotFixture
{
    private const string Lacks = "The app lacks scopes";

    [Test]
    public async Task Scopes_that_the_app_lacks_are_told_at_the_start()
    {
        Simulator.Tokens.Scopes = [.. Simulator.Tokens.Scopes.Except(["reactions:read", "metadata.message:read"])];
        await StartBotAsync();
        Assert.That(Logs.All, Does.Contain("metadata.message:read").And.Contain("reactions:read").And.Not.Contain("chat:write"));
        Assert.That(Logs.Count(Lacks), Is.EqualTo(1));
    }

    [Test]
    public async Task Scopes_that_the_bot_has_no_use_for_are_not_missed()
    {
        Parameters["SUBOT_REPLIES"] = "observe";
        Simulator.Tokens.Scopes = ["channels:history", "channels:read", "commands", "reactions:read"];
        await StartBotAsync();
        Assert.That(Logs.Count(Lacks), Is.Zero);
    }
}
