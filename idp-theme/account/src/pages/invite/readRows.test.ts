import { describe, expect, it } from "vitest";
import { readCells } from "./csv";
import { decodeText } from "./decodeText";
import { readRows } from "./readRows";

const none = { rooms: "", message: "" };
const contacts = (text: string) => readRows(text).rows.map(({ contact }) => contact);

describe("cells", () => {
  it.each([
    [",", "a,b\nc,d"],
    [";", "a;b\nc;d"],
    ["tab", "a\tb\nc\td"],
    ["a mark and Windows' line ends", "\uFEFFa;b\r\nc;d\r\n"],
  ])("are separated by %s", (_, text) => {
    expect(readCells(text)).toEqual([
      ["a", "b"],
      ["c", "d"],
    ]);
  });

  it("may be quoted, with separators, quotes and line ends in them", () => {
    expect(readCells('"a, b","say ""hi""","two\nlines"\nx,y,z')).toEqual([
      ["a, b", 'say "hi"', "two\nlines"],
      ["x", "y", "z"],
    ]);
  });

  it("count when they are the last and empty", () => {
    expect(readCells("a;;")).toEqual([["a", "", ""]]);
  });

  it("are not divided by a comma where semicolons separate", () => {
    expect(readCells("a;Miller, Bert\nb;c")).toEqual([
      ["a", "Miller, Bert"],
      ["b", "c"],
    ]);
  });

  it("survive a quote that is never closed", () => {
    expect(readCells('"a,b\nc,d').flat().join(" ")).toContain("d");
  });
});

describe("a pasted list", () => {
  it("has its columns in any order under English headings", () => {
    expect(readRows("Group,Language,E-Mail\nrowers,DE,bert@example.org").rows).toEqual([
      { contact: "bert@example.org", organization: "", group: "rowers", language: "de", ...none },
    ]);
  });

  it("has its columns in any order under German headings, and names those it leaves out", () => {
    const read = readRows("Telefon;Verein;E-Mail-Adresse;Gruppe\n1;Crew;bert@example.org;members");
    expect(read.rows).toEqual([{ contact: "bert@example.org", organization: "Crew", group: "members", language: "", ...none }]);
    expect(read.ignoredColumns).toEqual(["Telefon"]);
  });

  it("keeps lines that say something without an address, also without headings", () => {
    expect(readRows("bert@example.org,Crew\n,Rowing,rowers\n,,").rows.map(({ contact, organization }) => [contact, organization])).toEqual([
      ["bert@example.org", "Crew"],
      ["", "Rowing"],
    ]);
  });

  it("is address, organisation, group, language without headings", () => {
    expect(readRows("bert@example.org\tCrew\tmembers\ten").rows).toEqual([
      { contact: "bert@example.org", organization: "Crew", group: "members", language: "en", ...none },
    ]);
  });

  it("may name rooms and have a message, under headings or behind the rest", () => {
    const own = { rooms: "General; Events", message: "See you, Bert" };
    expect(readRows('E-Mail;Räume;Nachricht\nbert@example.org;"General; Events";See you, Bert').rows[0]).toMatchObject(own);
    expect(readRows('bert@example.org,crew,members,en,General; Events,"See you, Bert"').rows[0]).toMatchObject(own);
  });

  it("may be nothing but addresses, one a line or many", () => {
    expect(contacts("a@x.org\nb@x.org")).toEqual(["a@x.org", "b@x.org"]);
    expect(contacts("a@x.org, b@x.org; c@x.org".replace("; ", ", "))).toEqual(["a@x.org", "b@x.org", "c@x.org"]);
    expect(contacts("a@x.org b@x.org")).toEqual(["a@x.org", "b@x.org"]);
  });

  it("takes the address out of a name with an address", () => {
    expect(contacts("Bert Bauer <bert@example.org>")).toEqual(["bert@example.org"]);
  });

  it("keeps a row that is no address, so that it gets its verdict", () => {
    expect(contacts("bert@example.org\nbroken")).toEqual(["bert@example.org", "broken"]);
  });
});

describe("a file", () => {
  const bytes = (...values: number[]) => new Uint8Array(values).buffer;

  it("is read as UTF-8, as UTF-16 with a mark, or as Windows wrote it", () => {
    expect(decodeText(bytes(0x4a, 0xc3, 0xbc))).toBe("Jü");
    expect(decodeText(bytes(0xff, 0xfe, 0x4a, 0x00, 0xfc, 0x00))).toBe("Jü");
    expect(decodeText(bytes(0x4a, 0xfc))).toBe("Jü");
  });
});
