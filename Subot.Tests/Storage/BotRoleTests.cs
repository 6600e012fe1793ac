using System.Diagnostics;
using System.Net.Sockets;
using NUnit.Framework;
using Subot.Storage;
using Subot.Storage.Sqlite;

namespace Subot.Tests.Storage;

[TestFixture]
public sealed class BotRoleTests
{
    private DirectoryInfo _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("subot-role-");

    [TearDown]
    public void DeleteFolder() => _folder.Delete(recursive: true);

    [Test]
    public void The_role_is_taken_by_one_at_a_time()
    {
        using var first = BotRole.TryTake(_folder.FullName, out var holder);
        Assert.That((first, holder), Is.EqualTo((first, (string?)null)));
        Assert.That(first, Is.Not.Null);

        using var second = BotRole.TryTake(_folder.FullName, out holder);

        Assert.That(second, Is.Null);
        Assert.That(holder, Does.Contain($"process {Environment.ProcessId}").And.Contain(Environment.MachineName));
    }

    [Test]
    public void The_role_may_be_taken_again_when_it_was_given_back()
    {
        BotRole.TryTake(_folder.FullName, out _)!.Dispose();
        using var again = BotRole.TryTake(_folder.FullName, out _);
        Assert.That(again, Is.Not.Null);
    }

    [Test]
    public void A_folder_that_is_not_there_is_made()
    {
        using var role = BotRole.TryTake(Path.Combine(_folder.FullName, "new", "data"), out _);
        Assert.That(role, Is.Not.Null);
    }

    [Test]
    public void A_file_that_cannot_be_opened_is_no_other_bot()
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("needs a file that is there and cannot be opened: a socket of Unix");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(_folder.FullName, "bot.lock")));

        Assert.That(() => BotRole.TryTake(_folder.FullName, out _), Throws.TypeOf<StoreException>().With.Message.Contains("may not be written"));
    }

    [Test]
    public void Not_being_able_to_leave_word_is_no_reason_not_to_run()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "bot.holder"));
        using var role = BotRole.TryTake(_folder.FullName, out _);
        Assert.That(role, Is.Not.Null);

        Assert.That(BotRole.TryTake(_folder.FullName, out var holder), Is.Null);
        Assert.That(holder, Is.Not.Empty);
    }

    [Test]
    public void The_role_of_another_process_is_respected_and_ends_when_it_is_killed()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/flock"))
            Assert.Ignore("needs flock(1) to hold a lock in another process");
        using (BotRole.TryTake(_folder.FullName, out _))
        {
        }

        using var other = Process.Start(new ProcessStartInfo("/usr/bin/flock", ["-x", "--no-fork", Path.Combine(_folder.FullName, "bot.lock"), "sh", "-c", "echo held; read line"])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        })!;
        Assert.That(other.StandardOutput.ReadLine(), Is.EqualTo("held"));
        Assert.That(BotRole.TryTake(_folder.FullName, out var holder), Is.Null);
        Assert.That(holder, Is.Not.Empty);

        other.Kill(entireProcessTree: true);
        other.WaitForExit();

        using var taken = BotRole.TryTake(_folder.FullName, out _);
        Assert.That(taken, Is.Not.Null);
    }
}
