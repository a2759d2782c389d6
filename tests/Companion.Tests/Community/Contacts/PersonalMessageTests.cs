using Companion.Community.Contacts;

namespace Companion.Tests.Community.Contacts;

public sealed class PersonalMessageTests
{
    [Theory]
    [InlineData("Hi Anna, we met at the harbour. Come and join us!")]
    [InlineData("Bis Freitag um 10:30 Uhr, z.B. im Hafen (d.h. Kai 3). Gr\u00FC\u00DFe!")]
    [InlineData("Version 2.0 costs 3.50, and/or nothing :D")]
    [InlineData("See you @ the pier")]
    [InlineData("Wait... what? Yes. No.")]
    [InlineData("\u4F60\u597D\u3002\u6211\u662F\u5C0F\u660E\u3002\u6B22\u8FCE\u4F60\u3002")]
    [InlineData("\u0645\u0631\u062D\u0628\u0627 \u0628\u0643")]
    [InlineData("Family \U0001F468\u200D\U0001F469\u200D\U0001F467 says hello")]
    [InlineData("{{7*7}} {{{x}}} <b>bold</b>")]
    [InlineData("C'est l'\u00E9t\u00E9 ! Note: bring a towel")]
    public void Plain_words_are_taken(string text)
    {
        PersonalMessage.Check(text, out var accepted).ShouldBeNull();
        accepted.ShouldBe(text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    public void Nothing_is_no_message(string? text)
    {
        PersonalMessage.Check(text, out var accepted).ShouldBeNull();
        accepted.ShouldBeNull();
    }

    [Theory]
    [InlineData("http://evil.example/x")]
    [InlineData("HTTPS://EVIL")]
    [InlineData("go to evil.example now")]
    [InlineData("evil.example")]
    [InlineData("EVIL.EXAMPLE")]
    [InlineData("www.evil")]
    [InlineData("see //evil/x")]
    [InlineData("file server \\\\evil\\share")]
    [InlineData("mail eve@evil")]
    [InlineData("mail eve@evil.example")]
    [InlineData("mailto:eve")]
    [InlineData("tel:+4912345")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("matrix:r/room:evil")]
    [InlineData("10.0.0.1")]
    [InlineData("http[::1]")]
    [InlineData("[2001:db8::1]")]
    [InlineData("b\u00FCcher.example")]
    [InlineData("\u043F\u0440\u0438\u0432\u0435\u0442.\u0440\u0444")]
    [InlineData("evil.xn--p1ai")]
    [InlineData("evil\uFF0Eexample")]
    [InlineData("evil\u2024example")]
    [InlineData("evil\u3002example")]
    [InlineData("evil\uFF61example")]
    [InlineData("\uFF48ttp\uFF1A\uFF0F\uFF0Fevil")]
    [InlineData("evil.e\u200Cxample")]
    [InlineData("evil\u200D.example")]
    [InlineData("eve\uFF20evil")]
    [InlineData("\u24D4vil.\u24D4xample")]
    public void What_a_mail_program_could_make_a_link_of_is_refused(string text) => Code(text).ShouldBe("message_has_link");

    [Theory]
    [InlineData("line\nbreak")]
    [InlineData("line\r\nBcc: eve")]
    [InlineData("tab\there")]
    [InlineData("nul\0")]
    [InlineData("escape\u001B[31m")]
    [InlineData("next line\u0085")]
    [InlineData("separator\u2028")]
    [InlineData("separator\u2029")]
    [InlineData("\u202Eoverride")]
    [InlineData("\u2066isolate\u2069")]
    [InlineData("mark\u200F")]
    [InlineData("zero\u200Bwidth")]
    [InlineData("soft\u00ADhyphen")]
    [InlineData("\uFEFFbom")]
    [InlineData("private\uE000")]
    [InlineData("half\uD83D")]
    public void Control_and_direction_characters_are_refused(string text) => Code(text).ShouldBe("message_has_control");

    [Fact]
    public void A_message_has_at_most_500_characters_however_many_bytes_they_take()
    {
        Code(string.Concat(Enumerable.Repeat("\U0001F6A2", 500))).ShouldBeNull();
        Code(new string('a', 500)).ShouldBeNull();
        PersonalMessage.Check(new string('a', 503), out _)!.Message.ShouldBe("The message is 3 characters too long.");
        Code(string.Concat(Enumerable.Repeat("\U0001F6A2", 501))).ShouldBe("message_too_long");
    }

    [Fact]
    public void A_message_is_kept_in_normal_form_C()
    {
        PersonalMessage.Check(" u\u0308ber ", out var accepted).ShouldBeNull();
        accepted.ShouldBe("\u00FCber");
    }

    private static string? Code(string text) => PersonalMessage.Check(text, out _)?.Code;
}
