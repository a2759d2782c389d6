/** The shape of a Matrix id, @name:server; the server may be a name or address with a port. */
export function isMatrixId(text: string): boolean {
  return text.length <= 255 && /^@[^\s:]+:[A-Za-z0-9.\-[\]:]+$/.test(text);
}
