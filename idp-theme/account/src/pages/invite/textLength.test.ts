import { describe, expect, it } from "vitest";
import { textLength } from "./textLength";

describe("the length of a text", () => {
  it("is counted in code points of the composed form, without spaces around it", () => {
    expect(textLength("  two words \n")).toBe(9);
    expect(textLength("u\u0308ber")).toBe(4);
    expect(textLength("🚣🏽")).toBe(2);
    expect(textLength("")).toBe(0);
  });
});
