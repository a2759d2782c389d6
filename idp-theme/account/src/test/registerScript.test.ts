import { readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";

const script = readFileSync("../login/resources/js/register.js", "utf8");

/** The registration form as the login theme draws it, with its script. */
beforeEach(() => {
  document.body.innerHTML = `<form id="kc-register-form"><input id="firstName"><input id="email"><input id="password">
    <div aria-live="polite"><ul id="password-rules" data-met="met" data-open="still to do">
      <li data-password-rule="length" data-count="3">At least 3 characters</li>
      <li data-password-rule="digits" data-count="1">Digits: at least 1</li></ul></div></form>`;
  runInThisContext(`{${script}}`);
});

const rules = () => [...document.querySelectorAll("#password-rules li")].map(({ textContent }) => textContent);

/** What a screen reader reads out while somebody types. */
async function readOut(field: string, typed: string) {
  const read: (string | null)[] = [];
  const observer = new MutationObserver((changes) => read.push(...changes.map(({ target }) => target.textContent)));
  observer.observe(document.getElementById("password-rules")!, { childList: true, characterData: true, subtree: true });
  await userEvent.type(document.getElementById(field)!, typed);
  observer.disconnect();
  return read;
}

describe("the password rules of the registration form", () => {
  it("are ticked off while the password is typed, each read out once", async () => {
    expect(rules()).toEqual(["At least 3 characters (still to do)", "Digits: at least 1 (still to do)"]);
    expect(await readOut("password", "abcd1")).toEqual([" (met)", " (met)"]);
    expect(rules()).toEqual(["At least 3 characters (met)", "Digits: at least 1 (met)"]);
  });

  it("are silent while something else is typed", async () => {
    expect(await readOut("firstName", "Anna")).toEqual([]);
  });
});
