using System.Net;
using System.Net.Sockets;
using NUnit.Framework;

namespace Subot.Tests.EndToEnd;

/// <summary>The demo as people start it.</summary>
public sealed class DemoProgramTests
{
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(10));
    private readonly string _folder = Directory.CreateTempSubdirectory("subot-test-").FullName;

    [OneTimeSetUp]
    public void WriteExport() => SmallExport.Write(_folder);

    [OneTimeTearDown]
    public void Delete()
    {
        _limit.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task It_names_its_addresses_and_a_command_that_works_in_a_clone()
    {
        var run = await SubotProgram.RunDemoAsync(_limit.Token, "--export", _folder, "--exit");

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Output, Does.Match(@"http://localhost:\d+/docs").And.Match(@"dotnet run --project Subot\.Bot -- stats --channel help --data \S+"));
    }

    [TestCase("--port")]
    [TestCase("--api-port")]
    public async Task A_port_that_is_taken_is_told_with_its_option(string option)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var run = await SubotProgram.RunDemoAsync(_limit.Token, "--export", _folder, "--exit", option, $"{port}");

        Assert.That(run.ExitCode, Is.EqualTo(1), run.Output);
        Assert.That(run.Error, Does.StartWith($"demo: Port {port} is taken. Name another with {option}"));
        Assert.That(run.Output + run.Error, Does.Not.Contain("   at "), "one message, no stack");
    }
}
