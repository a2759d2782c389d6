using System.Text;
using Companion.Journey.Members;

namespace Companion.Tests.Journey.Members;

public sealed class JpegPictureTests
{
    [Fact]
    public void A_picture_is_taken_as_it_is()
    {
        var jpeg = SampleJpeg.Of(512, 512);
        JpegPicture.Read(jpeg).Value.ShouldNotBeNull().Bytes.ShouldBe(jpeg);
    }

    [Fact]
    public void Colours_stay_and_what_a_camera_or_program_wrote_goes()
    {
        var jpeg = SampleJpeg.Of(
            8,
            8,
            (0xE1, SampleJpeg.Exif("52.5200 N 13.4050 E")),
            (0xED, Encoding.UTF8.GetBytes("Photoshop 3.0")),
            (0xFE, Encoding.UTF8.GetBytes("a comment")),
            (0xEE, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, 1]));
        JpegPicture.Read(jpeg).Value.ShouldNotBeNull().Bytes.ShouldBe(SampleJpeg.Of(8, 8, (0xEE, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, 1])));
    }

    [Fact]
    public void What_comes_after_its_end_goes() =>
        JpegPicture.Read([.. SampleJpeg.Of(8, 8), .. "<script>"u8]).Value.ShouldNotBeNull().Bytes.ShouldBe(SampleJpeg.Of(8, 8));

    [Theory]
    [InlineData(513, 8)]
    [InlineData(8, 513)]
    public void More_pixels_than_512_a_side_are_too_many(int width, int height) =>
        JpegPicture.Read(SampleJpeg.Of(width, height)).Refusal.ShouldBe(MemberRefusals.PictureTooLarge);

    [Fact]
    public void More_than_256_kB_are_too_many() =>
        JpegPicture.Read(new byte[JpegPicture.MaxBytes + 1]).Refusal.ShouldBe(MemberRefusals.PictureTooLarge);

    [Fact]
    public void A_picture_cut_short_anywhere_is_none()
    {
        var jpeg = SampleJpeg.Of(8, 8, (0xE1, SampleJpeg.Exif("x")));
        for (var length = 0; length < jpeg.Length; length++)
        {
            JpegPicture.Read(jpeg.AsSpan(0, length)).Refusal.ShouldBe(MemberRefusals.PictureMalformed, $"{length} bytes");
        }
    }

    [Fact]
    public void Whatever_byte_is_broken_it_is_read_to_an_end()
    {
        var jpeg = SampleJpeg.Of(8, 8, (0xE1, SampleJpeg.Exif("x")));
        for (var i = 0; i < jpeg.Length; i++)
        {
            foreach (var wrong in (byte[])[0x00, 0x01, 0x7F, 0xD9, 0xFF])
            {
                var broken = jpeg.ToArray();
                broken[i] = wrong;
                var (picture, refusal) = JpegPicture.Read(broken);
                (picture is null).ShouldBe(refusal is not null);
            }
        }
    }

    [Theory]
    [InlineData(0xC0)]
    [InlineData(0xC2)]
    [InlineData(0xC3)]
    [InlineData(0xC5)]
    [InlineData(0xC9)]
    [InlineData(0xCF)]
    [InlineData(0xDC)]
    [InlineData(0xDE)]
    public void A_picture_has_one_frame_of_a_kind_that_browsers_show(byte marker) =>
        JpegPicture.Read(SampleJpeg.Of(8, 8, (marker, [8, 0xFF, 0xFF, 0xFF, 0xFF, 1, 1, 0x11, 0])))
            .Refusal.ShouldBe(MemberRefusals.PictureMalformed);

    [Fact]
    public void Tables_of_codes_are_no_frame()
    {
        var jpeg = SampleJpeg.Of(8, 8, (0xC4, [0, 1]), (0xCC, [0, 1]));
        JpegPicture.Read(jpeg).Value.ShouldNotBeNull().Bytes.ShouldBe(jpeg);
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void Nobody_has_to_draw_the_same_picture_over_and_over(int scans, bool taken) =>
        JpegPicture.Read(SampleJpeg.WithScans(scans)).Refusal.ShouldBe(taken ? null : MemberRefusals.PictureMalformed);

    [Fact]
    public void The_segments_that_say_how_colours_are_coded_hold_nothing_else()
    {
        byte[] adobe = [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, 1];
        byte[] hidden = Encoding.UTF8.GetBytes("52.5200 N 13.4050 E");
        var plain = SampleJpeg.Of(8, 8, (0xEE, adobe));

        JpegPicture.Read(SampleJpeg.Of(8, 8, (0xEE, [.. adobe, .. hidden]), (0xE0, [.. "JFXX\0"u8, .. hidden]), (0xEE, hidden)))
            .Value.ShouldNotBeNull().Bytes.ShouldBe(plain);
        JpegPicture.Read(SampleJpeg.Of(8, 8, "thumbnail or text"u8.ToArray(), (0xEE, adobe))).Value.ShouldNotBeNull().Bytes.ShouldBe(plain);
    }

    [Theory]
    [InlineData(0, 8)]
    [InlineData(8, 0)]
    public void A_picture_without_pixels_is_none(int width, int height) =>
        JpegPicture.Read(SampleJpeg.Of(width, height)).Refusal.ShouldBe(MemberRefusals.PictureMalformed);

    [Fact]
    public void Other_pictures_and_texts_are_none()
    {
        JpegPicture.Read([0x89, .. "PNG\r\n"u8, 0x1A, 0x0A]).Refusal.ShouldBe(MemberRefusals.PictureMalformed);
        JpegPicture.Read("<svg/>"u8).Refusal.ShouldBe(MemberRefusals.PictureMalformed);
    }
}
