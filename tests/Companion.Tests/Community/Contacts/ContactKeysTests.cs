using Companion.Community.Contacts;
using FsCheck;
using FsCheck.Fluent;

namespace Companion.Tests.Community.Contacts;

public sealed class ContactKeysTests
{
    private readonly ContactKeys _keys = new(TestKeys.Create());

    [Theory]
    [InlineData("Anna@Example.ORG", "anna@example.org")]
    [InlineData("ANNA@B\u00DCCHER.example", "anna@xn--bcher-kva.example")]
    public void One_mailbox_has_one_match_key(string one, string other) => _keys.Match(Parse(one)).ShouldBe(_keys.Match(Parse(other)));

    [Theory]
    [InlineData("anna+sea@example.org", "anna@example.org")]
    [InlineData("an.na@gmail.com", "anna@gmail.com")]
    [InlineData("anna@stra\u00DFe.example", "anna@strasse.example")]
    public void Another_spelling_that_may_be_another_mailbox_has_another_match_key(string one, string other) =>
        _keys.Match(Parse(one)).ShouldNotBe(_keys.Match(Parse(other)));

    [Theory]
    [InlineData("anna+sea@example.org", "anna@example.org")]
    [InlineData("ANNA+a+b@example.org", "anna@example.org")]
    [InlineData("a.n.n.a+x@gmail.com", "anna@gmail.com")]
    [InlineData("an.na@googlemail.com", "anna@gmail.com")]
    [InlineData("an.na@example.org", "an.na@example.org")]
    [InlineData("+anna@example.org", "+anna@example.org")]
    public void The_abuse_key_folds_aliases_of_one_mailbox(string alias, string folded) =>
        ContactKeys.AbuseText(Parse(alias)).ShouldBe(folded);

    /// <summary>What a provider vouches for was not read by us, and still must not equal a look-alike.</summary>
    [Theory]
    [InlineData("mi\u212Ae@example.org", "mike@example.org")]
    [InlineData("M\u0130ke@example.org", "mike@example.org")]
    [InlineData("mi\u017Fe@example.org", "mise@example.org")]
    [InlineData("stra\u1E9Ee@example.org", "stra\u00DFe@example.org")]
    public void Only_ascii_letters_are_folded(string stored, string other) =>
        _keys.Match(EmailAddress.FromStored(stored)).ShouldNotBe(_keys.Match(EmailAddress.FromStored(other)));

    /// <summary>Domains are mapped once, when they are read: what is compared is what is written to.</summary>
    [Theory]
    [InlineData("anna@\u212Aeel.example", "anna@keel.example", true)]
    [InlineData("anna@\u017Fhip.example", "anna@ship.example", true)]
    [InlineData("anna@o\uFB00er.example", "anna@offer.example", true)]
    [InlineData("anna@\u0131nfo.example", "anna@info.example", false)]
    [InlineData("anna@\u0430nna.example", "anna@anna.example", false)]
    public void A_look_alike_domain_is_the_same_for_sending_and_for_comparing(string one, string other, bool same)
    {
        _keys.Match(Parse(one)).SequenceEqual(_keys.Match(Parse(other))).ShouldBe(same);
        (Parse(one).Value == Parse(other).Value).ShouldBe(same);
    }

    [Fact]
    public void Keys_of_different_purposes_and_installations_have_nothing_in_common()
    {
        var address = Parse("anna@example.org");
        var others = new ContactKeys(TestKeys.Create());
        byte[][] all = [_keys.Match(address), _keys.Abuse(address), _keys.Suppression(address), others.Match(address)];
        all.Select(Convert.ToHexString).Distinct().Count().ShouldBe(4);
    }

    [Fact]
    public void Equal_match_keys_mean_equal_abuse_keys()
    {
        var locals = Gen.Elements("anna", "Anna", "an.na", "anna+x", "ANNA+y", "a.n.n.a+z", "+a", "bob");
        var domains = Gen.Elements("gmail.com", "GMAIL.com", "googlemail.com", "example.org", "EXAMPLE.org");
        var addresses = locals.SelectMany(_ => domains, (local, domain) => $"{local}@{domain}");
        Prop.ForAll(
                Arb.From(addresses.Zip(addresses)),
                pair => !_keys.Match(Parse(pair.Item1)).SequenceEqual(_keys.Match(Parse(pair.Item2)))
                    || _keys.Abuse(Parse(pair.Item1)).SequenceEqual(_keys.Abuse(Parse(pair.Item2))))
            .QuickCheckThrowOnFailure();
    }

    private static EmailAddress Parse(string text) =>
        EmailAddress.TryParse(text, out var address) ? address : throw new ArgumentException($"{text} is no address.", nameof(text));
}
