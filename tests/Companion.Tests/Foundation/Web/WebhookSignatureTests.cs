using System.Security.Cryptography;
using System.Text;
using Companion.Foundation.Web;

namespace Companion.Tests.Foundation.Web;

public sealed class WebhookSignatureTests
{
    // The example of the Standard Webhooks specification.
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string Timestamp = "1614265330";
    private const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private static readonly byte[] Body = Encoding.UTF8.GetBytes("{\"test\": 2432232314}");

    private static readonly byte[] Key = WebhookSignature.Key(Secret)!;

    [Fact]
    public void The_example_of_the_specification_is_accepted() => Matches(Signature).ShouldBeTrue();

    [Fact]
    public void The_example_of_the_specification_is_what_is_sent() => WebhookSignature.Header([Secret], Id, Timestamp, Body).ShouldBe(Signature);

    [Fact]
    public void While_a_secret_is_rotated_there_is_a_signature_by_each()
    {
        var other = "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        var header = WebhookSignature.Header([other, Secret], Id, Timestamp, Body);

        header.Split(' ').ShouldSatisfyAllConditions(all => all.Length.ShouldBe(2), all => all[1].ShouldBe(Signature));
        Matches(header).ShouldBeTrue();
        WebhookSignature.Matches([WebhookSignature.Key(other)!], Id, Timestamp, Body, header).ShouldBeTrue();
    }

    [Theory]
    [InlineData("v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= " + Signature)]
    [InlineData("v1a,AAAA " + Signature)]
    [InlineData(Signature + " " + Signature)]
    public void One_right_signature_among_others_is_enough(string header) => Matches(header).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("v1,")]
    [InlineData("v1")]
    [InlineData("v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE")]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1O==")]
    [InlineData("V1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    public void A_truncated_or_differently_tagged_signature_is_refused(string header) => Matches(header).ShouldBeFalse();

    [Fact]
    public void Every_altered_byte_of_the_body_is_noticed()
    {
        for (var i = 0; i < Body.Length; i++)
        {
            var altered = Body.ToArray();
            altered[i] ^= 1;
            WebhookSignature.Matches([Key], Id, Timestamp, altered, Signature).ShouldBeFalse();
        }
    }

    [Fact]
    public void An_altered_id_or_timestamp_is_noticed()
    {
        WebhookSignature.Matches([Key], Id + "x", Timestamp, Body, Signature).ShouldBeFalse();
        WebhookSignature.Matches([Key], Id, "1614265331", Body, Signature).ShouldBeFalse();
    }

    [Fact]
    public void Either_of_two_secrets_is_accepted_and_no_third()
    {
        var other = RandomNumberGenerator.GetBytes(32);
        WebhookSignature.Matches([other, Key], Id, Timestamp, Body, Signature).ShouldBeTrue();
        WebhookSignature.Matches([Key, other], Id, Timestamp, Body, Signature).ShouldBeTrue();
        WebhookSignature.Matches([other], Id, Timestamp, Body, Signature).ShouldBeFalse();
        WebhookSignature.Matches([], Id, Timestamp, Body, Signature).ShouldBeFalse();
    }

    [Theory]
    [InlineData(23, false)]
    [InlineData(24, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_secret_has_24_to_64_bytes(int length, bool accepted) =>
        (WebhookSignature.Key("whsec_" + Convert.ToBase64String(new byte[length])) is not null).ShouldBe(accepted);

    [Theory]
    [InlineData("")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_")]
    [InlineData("whsec_not base64 at all, but long enough")]
    [InlineData("WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    public void A_secret_without_its_form_is_none(string secret) => WebhookSignature.Key(secret).ShouldBeNull();

    private static bool Matches(string header) => WebhookSignature.Matches([Key], Id, Timestamp, Body, header);
}
