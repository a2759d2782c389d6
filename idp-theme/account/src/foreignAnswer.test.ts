import { afterEach, describe, expect, it } from "vitest";
import { dropForeignAnswer } from "./foreignAnswer";

const afterDropping = (address: string) => {
  window.history.replaceState(null, "", address);
  dropForeignAnswer();
  return window.location.pathname + window.location.search + window.location.hash;
};

afterEach(() => window.history.replaceState(null, "", "/"));

describe("the address after a registration", () => {
  it("loses the answer to another client", () => {
    expect(afterDropping("/account/welcome?session_state=s&iss=i&code=c")).toBe("/account/welcome");
  });

  it("keeps what is not part of that answer", () => {
    expect(afterDropping("/account/welcome?referrer=app&code=c&iss=i#top")).toBe("/account/welcome?referrer=app#top");
  });

  it.each(["/account/welcome?state=x&session_state=s&iss=i&code=c", "/account/invitations?search=anna", "/account/"])(
    "keeps the console's own: %s",
    (address) => expect(afterDropping(address)).toBe(address),
  );
});
