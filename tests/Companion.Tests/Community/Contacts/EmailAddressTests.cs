using System.Globalization;
using Companion.Community.Contacts;
using Companion.Foundation.Kernel;

namespace Companion.Tests.Community.Contacts;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("anna@example.org", "anna@example.org")]
    [InlineData("Anna.Ahlers+sea@Example.ORG", "Anna.Ahlers+sea@example.org")]
    [InlineData("  anna@example.org  ", "anna@example.org")]
    [InlineData("\u00A0anna@example.org\u3000", "anna@example.org")]
    [InlineData("o'hara_{x}!#$%&*-/=?^`|~@a-b.example", "o'hara_{x}!#$%&*-/=?^`|~@a-b.example")]
    [InlineData("anna@b\u00FCcher.example", "anna@xn--bcher-kva.example")]
    [InlineData("anna@B\u00DCCHER.example", "anna@xn--bcher-kva.example")]
    [InlineData("anna@stra\u00DFe.example", "anna@xn--strae-oqa.example")]
    [InlineData("anna@xn--bcher-kva.example", "anna@xn--bcher-kva.example")]
    [InlineData("anna@xn--bcher-kva.xn--p1ai", "anna@xn--bcher-kva.xn--p1ai")]
    [InlineData("a@1.example", "a@1.example")]
    public void A_plain_mailbox_is_taken_with_its_domain_as_lower_case_A_labels(string text, string expected)
    {
        EmailAddress.TryParse(text, out var address).ShouldBeTrue();
        address!.Value.ShouldBe(expected);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("anna")]
    [InlineData("@example.org")]
    [InlineData("anna@")]
    [InlineData("anna@example")]
    [InlineData("anna@@example.org")]
    [InlineData("anna@evil.example@example.org")]
    [InlineData("anna@example.org,bob@example.org")]
    [InlineData("anna@example.org;bob@example.org")]
    [InlineData("anna@example.org bob@example.org")]
    [InlineData("Anna <anna@example.org>")]
    [InlineData("\"anna\"@example.org")]
    [InlineData("\"anna\\r\\nRCPT TO:<x@y.z>\"@example.org")]
    [InlineData("anna(comment)@example.org")]
    [InlineData(".anna@example.org")]
    [InlineData("anna.@example.org")]
    [InlineData("an..na@example.org")]
    [InlineData("an na@example.org")]
    [InlineData("anna@[127.0.0.1]")]
    [InlineData("anna@[IPv6:::1]")]
    [InlineData("anna@127.0.0.1")]
    [InlineData("anna@example.123")]
    [InlineData("anna@-example.org")]
    [InlineData("anna@example-.org")]
    [InlineData("anna@exa_mple.org")]
    [InlineData("anna@example..org")]
    [InlineData("anna@example.org.")]
    [InlineData("anna@.example.org")]
    [InlineData("anna@xn--a.example")]
    [InlineData("anna@example.org\r\nBcc: eve@example.org")]
    [InlineData("anna@example.org\n")]
    [InlineData("\tanna@example.org")]
    [InlineData("anna\0@example.org")]
    [InlineData("anna@example\u0085.org")]
    [InlineData("mailto:anna@example.org")]
    public void Anything_else_is_refused(string? text) => EmailAddress.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("m\u0131ke@example.org", "dotless i")]
    [InlineData("M\u0130KE@example.org", "dotted capital I")]
    [InlineData("mi\u212Ae@example.org", "Kelvin sign")]
    [InlineData("mi\u017Fe@example.org", "long s")]
    [InlineData("o\uFB00er@example.org", "ligature")]
    [InlineData("stra\u00DFe@example.org", "sharp s")]
    [InlineData("\u0430nna@example.org", "Cyrillic a")]
    [InlineData("anna\uFF20example.org", "fullwidth at sign")]
    [InlineData("\uFF41nna@example.org", "fullwidth a")]
    [InlineData("anna\uFE6Bexample.org", "small at sign")]
    [InlineData("\u202Eanna@example.org", "right-to-left override")]
    [InlineData("anna@\u200Fexample.org", "right-to-left mark")]
    [InlineData("an\u200Bna@example.org", "zero width space")]
    [InlineData("anna@exam\u200Dple.org", "zero width joiner")]
    [InlineData("anna@exam\u00ADple.org", "soft hyphen")]
    [InlineData("anna\uD800@example.org", "half a surrogate pair")]
    [InlineData("anna@example.org\uFEFF", "byte order mark")]
    public void Look_alikes_are_refused(string text, string what) => EmailAddress.TryParse(text, out _).ShouldBeFalse(what);

    [Theory]
    [InlineData(64, 1, true)]
    [InlineData(65, 1, false)]
    public void A_local_part_has_at_most_64_characters(int local, int label, bool taken) =>
        EmailAddress.TryParse($"{new string('a', local)}@{new string('b', label)}.example", out _).ShouldBe(taken);

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void A_label_has_at_most_63_characters(int label, bool taken) =>
        EmailAddress.TryParse($"a@{new string('b', label)}.example", out _).ShouldBe(taken);

    [Theory]
    [InlineData(254, true)]
    [InlineData(255, false)]
    public void An_address_has_at_most_254_characters(int length, bool taken)
    {
        var domain = $"{new string('b', 63)}.{new string('c', 63)}.{new string('d', 63)}.example";
        var text = $"{new string('a', length - domain.Length - 1)}@{domain}";
        EmailAddress.TryParse(text, out _).ShouldBe(taken);
    }

    [Fact]
    public void An_address_that_only_grows_too_long_as_A_labels_is_refused() =>
        EmailAddress.TryParse($"a@{string.Join('.', Enumerable.Repeat(new string('\u00FC', 45), 5))}.example", out _).ShouldBeFalse();

    [Fact]
    public void Reading_does_not_depend_on_the_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("tr-TR");
            EmailAddress.TryParse("INFO@IZMIR.EXAMPLE", out var address).ShouldBeTrue();
            address!.Value.ShouldBe("INFO@izmir.example");
            ContactKeys.MatchText(address).ShouldBe("info@izmir.example");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void An_address_prints_redacted_and_masks_to_its_first_letter_and_domain()
    {
        EmailAddress.TryParse("anna@example.org", out var address).ShouldBeTrue();
        $"{address}".ShouldBe("***");
        address!.Mask().ShouldBe("a•••@example.org");
        new Contact(new ContactId(Guid.Empty), address, "hello").ToString().ShouldNotContain("anna");
    }
}
