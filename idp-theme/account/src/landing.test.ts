import { describe, expect, it } from "vitest";
import { landingOf } from "./landing";

const home = "https://id.test/realms/harbour/account";
const landing = (query: string) => landingOf(new URL(`${home}/${query}`), home);

describe("the first page", () => {
  it("is Welcome for whoever comes from the registration", () => {
    expect(landing("?session_state=s&iss=https%3A%2F%2Fid.test&code=c")).toBe(`${home}/welcome`);
  });

  it("is the one that was asked for otherwise, also on the way back from signing in", () => {
    expect(landing("invite")).toBeUndefined();
    expect(landing("invite?state=x&session_state=s&code=c")).toBeUndefined();
    expect(landing("?referrer=chat")).toBeUndefined();
  });
});
