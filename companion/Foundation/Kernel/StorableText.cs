using System.Buffers;
using System.Text;

namespace Companion.Foundation.Kernel;

/// <summary>Text that PostgreSQL can hold: without U+0000, and without halves of surrogate pairs, which are no characters.</summary>
internal static class StorableText
{
    public static bool Is(ReadOnlySpan<char> text) => !text.Contains('\0') && IsWhole(text);

    private static bool IsWhole(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var length) != OperationStatus.Done)
            {
                return false;
            }

            text = text[length..];
        }

        return true;
    }
}
