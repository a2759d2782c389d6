using Companion.Community.Directory;
using Companion.Foundation.Kernel;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Companion.IntegrationTests.Community.Directory;

public sealed class InviterDirectoryTests
{
    private static readonly AccountId Alice = new("alice");

    private readonly IdentityProviderDouble _identityProvider = new();
    private readonly RoomDirectoryDouble _rooms = new();
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task Standing_is_remembered_as_long_as_configured_and_no_longer()
    {
        var directory = Directory(60);
        _identityProvider.AddMember("alice");
        (await FindAsync(directory))!.Enabled.ShouldBeTrue();
        _identityProvider.Put(_identityProvider.People[Alice] with { Enabled = false });

        _clock.Advance(TimeSpan.FromSeconds(59));
        (await FindAsync(directory))!.Enabled.ShouldBeTrue();
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await FindAsync(directory))!.Enabled.ShouldBeFalse();
    }

    [Fact]
    public async Task With_no_time_configured_every_question_is_asked()
    {
        var directory = Directory(0);
        _identityProvider.AddMember("alice");
        await FindAsync(directory);
        _identityProvider.Remove("alice");
        (await FindAsync(directory)).ShouldBeNull();
    }

    [Fact]
    public async Task Neither_failures_nor_missing_accounts_are_remembered()
    {
        var directory = Directory(60);
        (await FindAsync(directory)).ShouldBeNull();
        _identityProvider.AddMember("alice");
        _identityProvider.Failure = new IdentityProviderException("unreachable", isTransient: true);
        await Should.ThrowAsync<IdentityProviderException>(() => FindAsync(directory));
        _identityProvider.Failure = null;
        (await FindAsync(directory)).ShouldNotBeNull();

        _rooms.Failure = new RoomDirectoryException("unreachable");
        (await directory.RoomsAsync(Alice, TestContext.Current.CancellationToken)).Chat.ShouldBe(ChatStanding.Unavailable);
        _rooms.Failure = null;
        (await directory.RoomsAsync(Alice, TestContext.Current.CancellationToken)).Chat.ShouldBe(ChatStanding.NotConnected);
    }

    private InviterDirectory Directory(int cacheSeconds) =>
        new(
            _identityProvider,
            _rooms,
            Options.Create(new DirectoryOptions { CacheSeconds = cacheSeconds }),
            _clock,
            NullLogger<InviterDirectory>.Instance);

    private static Task<Person?> FindAsync(InviterDirectory directory) => directory.FindAsync(Alice, TestContext.Current.CancellationToken);
}
