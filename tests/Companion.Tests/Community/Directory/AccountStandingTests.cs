using Companion.Community.Contacts;
using Companion.Community.Directory;
using Companion.Foundation.Kernel;

namespace Companion.Tests.Community.Directory;

public sealed class AccountStandingTests
{
    [Theory]
    [InlineData(true, true, null, null)]
    [InlineData(true, true, "approved", null)]
    [InlineData(true, true, "pending", "account_waiting")]
    [InlineData(true, true, "something new", "account_waiting")]
    [InlineData(true, true, "denied", "account_closed")]
    [InlineData(false, true, null, "account_closed")]
    [InlineData(false, false, "pending", "account_closed")]
    [InlineData(true, false, "pending", "account_waiting")]
    [InlineData(true, false, null, "address_unproven")]
    [InlineData(true, false, "approved", "address_unproven")]
    public void An_account_may_be_used_when_nothing_holds_it(bool enabled, bool verified, string? approval, string? code) =>
        (AccountStanding.Obstacle(Someone(enabled, verified, approval, "anna@example.org"))?.Code).ShouldBe(code);

    [Fact]
    public void Where_there_is_no_address_there_is_nothing_to_prove() =>
        AccountStanding.Obstacle(Someone(enabled: true, verified: false, approval: null, address: null)).ShouldBeNull();

    private static Person Someone(bool enabled, bool verified, string? approval, string? address) => new(
        new AccountId("anna"),
        enabled,
        "anna",
        "Anna",
        address is null ? null : EmailAddress.FromStored(address),
        verified,
        "en",
        new HashSet<Membership>(),
        new HashSet<string>(),
        null,
        approval);
}
