import { readCells } from "./csv";
import type { RowField } from "./rows";

export type ReadRow = Record<RowField, string>;
export type ReadRows = { rows: ReadRow[]; ignoredColumns: string[] };

const order: RowField[] = ["contact", "organization", "group", "language", "rooms", "message"];

const headers: Record<RowField, RegExp> = {
  contact: /^(contacts?|(e-?)?mails?|(e-?mail[ -]?)?address(es)?|kontakte?|(e-?mail[ -]?)?adressen?|mailadressen?)$/i,
  organization: /^(organi[sz]ations?|org|organisationen|verein|vereine)$/i,
  group: /^(groups?|gruppen?)$/i,
  language: /^(languages?|lang|sprachen?)$/i,
  rooms: /^((chat[ -]?)?rooms?|(chat)?r(au|äu)me?)$/i,
  message: /^((personal )?messages?|(persönliche )?nachricht(en)?)$/i,
};

/**
 * Reads a list of people out of text: cells under headers in any order, cells without headers in our order,
 * or nothing but addresses, however they are separated.
 */
export function readRows(text: string): ReadRows {
  const cells = readCells(text);
  const [first = [], ...others] = cells;
  const columns = first.map(fieldOf);
  if (columns.includes("contact") && !first.some(isAddress)) {
    return { rows: others.map((line) => toRow(line, columns)), ignoredColumns: first.filter((name, index) => name && !columns[index]) };
  }
  const lines = cells.flatMap((line) => (isAddressList(line) ? line.flatMap((cell) => cell.split(/\s+/)).map((cell) => [cell]) : [line]));
  const written = lines.filter((line) => line.some((cell) => cell !== ""));
  return { rows: written.map((line) => toRow(line, order)), ignoredColumns: [] };
}

function fieldOf(header: string): RowField | undefined {
  return order.find((field) => headers[field].test(header));
}

function toRow(cells: string[], columns: (RowField | undefined)[]): ReadRow {
  const row: ReadRow = { contact: "", organization: "", group: "", language: "", rooms: "", message: "" };
  columns.forEach((field, index) => {
    if (field) {
      row[field] = cells[index] ?? "";
    }
  });
  return { ...row, contact: bareAddress(row.contact), language: row.language.toLowerCase() };
}

function isAddress(cell: string): boolean {
  return cell.includes("@");
}

function isAddressList(cells: string[]): boolean {
  return cells.every((cell) => cell === "" || (isAddress(cell) && !cell.includes("<")));
}

// Mail programs copy people as "Name <address>".
function bareAddress(contact: string): string {
  return /<([^<>]+)>\s*$/.exec(contact)?.[1]?.trim() ?? contact;
}
