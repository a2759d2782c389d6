/** How long the companion takes a text to be: in code points of its composed form, without spaces around it. */
export function textLength(text: string): number {
  return Array.from(text.normalize("NFC").trim()).length;
}
