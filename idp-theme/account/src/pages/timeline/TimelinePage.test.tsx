import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { TimelineEntry } from "../../api/types";
import * as files from "../../parts/saveFile";
import { renderPage } from "../../test/render";
import { startServer } from "../../test/server";
import { TimelinePage } from "./TimelinePage";

const entry = (changes: Partial<TimelineEntry>): TimelineEntry => ({
  id: 1,
  kind: "AdminEvent",
  type: "inviting_frozen",
  at: "2026-11-20T10:00:00Z",
  actor: "moritz",
  account: "anna",
  inviter: null,
  inviteId: null,
  detail: null,
  ...changes,
});
const names = { "GET people/names": () => ({ body: { names: { anna: "Anna Anders", moritz: "Moritz Mohn" } } }) };
const start = (entries: TimelineEntry[], more = {}) =>
  startServer({ ...names, "GET timeline": () => ({ body: { entries, next: null } }), ...more });
const asked = (calls: ReturnType<typeof start>) => calls.filter(({ path }) => path === "timeline").map(({ query }) => query);
const rows = async () => (await screen.findAllByRole("row")).slice(1);

describe("the timeline", () => {
  it("says in words what happened, with the names it knows", async () => {
    start([
      entry({}),
      entry({ id: 2, actor: null, type: "approval_granted" }),
      entry({ id: 3, type: "invite_matched_account", account: "0123456789" }),
      entry({ id: 4, type: "something_new", detail: "why" }),
      entry({ id: 5, detail: "below" }),
      entry({ id: 6, actor: null, type: "memberships_failed", detail: "group_not_allowed" }),
    ]);
    renderPage(<TimelinePage />);
    await screen.findAllByText("Moritz Mohn");
    const said = (await rows()).map((row) => within(row).getAllByRole("cell")[1]?.textContent);
    expect(said).toEqual([
      "Moritz Mohn stopped invitations by Anna Anders",
      "A case was approved by the system",
      "An invitation turned out to be for a member, Account 01234567",
      "something new: Moritz Mohnwhy",
      "Moritz Mohn stopped invitations by Anna Anders and everybody below",
      "Anna Anders could not be given the membershipsgroup_not_allowed",
    ]);
  });

  it("filters by a click on a person or an invitation, and back", async () => {
    const calls = start([entry({ inviteId: "0a1b2c3d-0000-4000-8000-000000000001" })]);
    renderPage(<TimelinePage />);
    await userEvent.click(await screen.findByRole("button", { name: "Only Anna Anders" }));
    await expect.poll(() => asked(calls).at(-1)?.get("person")).toBe("anna");
    await userEvent.click(await screen.findByRole("button", { name: "Only invitation 0a1b2c3d" }));
    await expect.poll(() => asked(calls).at(-1)?.get("invite")).toBe("0a1b2c3d-0000-4000-8000-000000000001");
    expect(asked(calls).at(-1)?.get("person")).toBe("anna");
    await userEvent.click(screen.getAllByRole("button", { name: /^Clear/ })[0]!);
    await expect.poll(() => asked(calls).at(-1)?.has("person")).toBe(false);
  });

  it("filters by kind", async () => {
    const calls = start([entry({})]);
    renderPage(<TimelinePage />);
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "Whose doing" }), "UserEvent");
    await expect.poll(() => asked(calls).at(-1)?.get("kind")).toBe("UserEvent");
  });

  it("saves what is filtered as a file, asking with the token", async () => {
    const save = vi.spyOn(files, "saveFile").mockReturnValue();
    const calls = start([entry({})], { "GET timeline.csv": () => ({ body: "a,b" }) });
    renderPage(<TimelinePage />, "/?person=anna");
    await userEvent.click(screen.getByRole("button", { name: "Save as CSV" }));
    await expect.poll(() => save.mock.calls[0]?.[1]).toBe("timeline.csv");
    const call = calls.find(({ path }) => path === "timeline.csv");
    expect(call?.query.get("person")).toBe("anna");
    expect(call?.headers.get("Authorization")).toBe("Bearer token");
    expect(save.mock.calls[0]?.[0].size).toBeGreaterThan(0);
  });
});
