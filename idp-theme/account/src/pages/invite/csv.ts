const separators = ["\t", ";", ","] as const;

/** Reads comma, semicolon or tab separated text into cells; the first line with a separator says which one it is. */
export function readCells(text: string): string[][] {
  const clean = text.replace(/^\uFEFF/, "");
  const lines = split(clean, separatorOf(clean));
  return lines.map((cells) => cells.map((cell) => cell.trim())).filter((cells) => cells.some((cell) => cell !== ""));
}

function separatorOf(text: string): string {
  const outsideQuotes = text.replace(/"(?:[^"]|"")*"/g, "");
  const telling = outsideQuotes.split(/\r?\n/).find((line) => separators.some((separator) => line.includes(separator))) ?? "";
  return separators.toSorted((one, other) => count(telling, other) - count(telling, one))[0] ?? ",";
}

function count(line: string, separator: string): number {
  return line.split(separator).length - 1;
}

function split(text: string, separator: string): string[][] {
  const lines: string[][] = [];
  let cells: string[] = [];
  // Every line ends, the last one too, so that an empty last cell counts.
  let rest = `${text}\n`;
  while (rest !== "") {
    const [cell, taken] = takeCell(rest, separator);
    cells.push(cell);
    rest = rest.slice(taken);
    const end = /^(?:\r?\n|\r)/.exec(rest)?.[0];
    if (end !== undefined) {
      lines.push(cells);
      cells = [];
    }
    rest = rest.slice(end?.length ?? separator.length);
  }
  return lines;
}

/** One cell and how many characters it took. Text after a closing quote belongs to the cell. */
function takeCell(text: string, separator: string): [cell: string, taken: number] {
  const quoted = /^ *"((?:[^"]|"")*)"/.exec(text);
  const start = quoted?.[0].length ?? 0;
  let end = start;
  while (end < text.length && !text.startsWith(separator, end) && text[end] !== "\n" && text[end] !== "\r") {
    end++;
  }
  const inQuotes = quoted?.[1]?.replaceAll('""', '"') ?? "";
  return [inQuotes + text.slice(start, end), end];
}
