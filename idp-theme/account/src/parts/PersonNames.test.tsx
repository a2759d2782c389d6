import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import { renderPage } from "../test/render";
import { refuse, startServer } from "../test/server";
import { PersonName } from "./PersonNames";

const people = Array.from({ length: 130 }, (_, number) => `person-${number}`);

/** Anna, and once the button was pressed somebody else. */
function AnnaAnd({ account }: { account: string }) {
  const [isMore, setMore] = useState(false);
  return (
    <>
      <PersonName account="anna" />, <PersonName account="anna" />
      {isMore && <PersonName account={account} />}
      <button onClick={() => setMore(true)}>more</button>
    </>
  );
}

describe("names of accounts", () => {
  it("are asked for together, as many at once as the companion takes", async () => {
    const calls = startServer({ "GET people/names": () => ({ body: { names: { "person-129": "Zoe Zander" } } }) });
    renderPage(people.map((account) => <PersonName key={account} account={account} />));
    expect(await screen.findByText(/Zoe Zander/)).toBeVisible();
    expect(calls.map(({ query }) => query.getAll("account"))).toEqual([people.slice(0, 100), people.slice(100)]);
  });

  it("are asked for once, and the beginning of the id stands for who has none", async () => {
    const calls = startServer({ "GET people/names": () => ({ body: { names: { anna: "Anna Anders" } } }) });
    renderPage(<AnnaAnd account="bert" />);
    expect(await screen.findByText(/Anna Anders, Anna Anders/)).toBeVisible();
    await userEvent.click(screen.getByRole("button"));
    expect(await screen.findByText(/Account bert/)).toBeVisible();
    await expect.poll(() => calls.map(({ query }) => query.getAll("account"))).toEqual([["anna"], ["bert"]]);
  });

  it("are asked for again after a failure, by whoever is drawn next", async () => {
    const calls = startServer({
      "GET people/names": () => (calls.length < 2 ? refuse(503, "companion_unavailable") : { body: { names: { anna: "Anna Anders" } } }),
    });
    renderPage(<AnnaAnd account="anna" />);
    await expect.poll(() => calls.length).toBe(1);
    await userEvent.click(screen.getByRole("button"));
    expect(await screen.findByText(/Anna Anders, Anna Anders/)).toBeVisible();
  });
});
