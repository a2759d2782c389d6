import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { IssueInvites } from "../../api/types";
import { renderPage, session } from "../../test/render";
import { adminOptions, me, plainOptions } from "../../test/samples";
import { type Call, refuse, startServer } from "../../test/server";
import { newBatch } from "./batch";
import { batchStore } from "./batchStore";
import { InvitePage } from "./InvitePage";
import { newRow, sharedFrom } from "./rows";

const mail = { language: "en", subject: "Alice invited you", html: "<p>Hello</p>", text: "Hello as text" };
const rowsOf = ({ body }: Call) => (body as IssueInvites).invites;
const refusal = { code: "contact_malformed", message: "English", field: "contact", argument: null };
const nothing = { code: null, message: null, field: null, argument: null };

/** Takes addresses with an @ for good, and refuses to send to those with "limit". */
function start(options: typeof plainOptions, more: Parameters<typeof startServer>[0] = {}) {
  return startServer({
    "GET me": () => ({ body: me }),
    "GET invite-options": () => ({ body: options }),
    "POST invites/dry-run": (call) => ({
      body: {
        invites: rowsOf(call).map(({ contact }, index) =>
          contact.includes("@")
            ? { row: index + 1, outcome: "good", ...nothing, memberships: [], approvals: [] }
            : { row: index + 1, outcome: "refused", ...refusal, memberships: [], approvals: [] },
        ),
        preview: mail,
      },
    }),
    "POST invites": (call) => ({
      body: {
        invites: rowsOf(call).map(({ contact }, index) =>
          contact.includes("limit")
            ? {
                row: index + 1,
                outcome: "refused",
                id: null,
                expiresAt: null,
                ...refusal,
                code: "recipient_limit",
                awaitingApproval: false,
              }
            : { row: index + 1, outcome: "issued", id: contact, expiresAt: "2026-12-04T10:00:00Z", ...nothing, awaitingApproval: false },
        ),
      },
    }),
    ...more,
  });
}

const sent = (calls: Call[]) => calls.filter(({ method, path }) => method === "POST" && path === "invites");
const address = () => screen.findByRole("textbox", { name: /Email address/ });
const tried = (calls: Call[]) => calls.filter(({ path }) => path === "invites/dry-run").map(rowsOf);
const vouch = () => userEvent.click(screen.getByRole("checkbox", { name: /I know/ }));
const check = () => userEvent.click(screen.getByRole("button", { name: "Check and preview" }));

describe("the invite page", () => {
  it("asks a plain member for nothing but an address", async () => {
    start(plainOptions);
    renderPage(<InvitePage />);
    expect(await address()).toBeVisible();
    expect(screen.queryByText("Organisation")).toBeNull();
    expect(screen.queryByText("Group")).toBeNull();
    expect(screen.queryByText("Chat rooms")).toBeNull();
  });

  it("shows the exact mail, in a frame that may run nothing, before anything is sent", async () => {
    const calls = start(plainOptions);
    renderPage(<InvitePage />);
    await userEvent.type(await address(), "bert@example.org");
    await vouch();
    await check();
    const frame = await screen.findByTitle("The mail as mail programs show it");
    expect(frame).toHaveAttribute("sandbox", "");
    expect(frame).toHaveAttribute("srcdoc", mail.html);
    expect(screen.getByText("Hello as text")).toBeVisible();
    expect(sent(calls)).toEqual([]);
    await userEvent.click(screen.getByRole("button", { name: "Send the invitation" }));
    expect(await screen.findByText("1 invitation is on its way")).toBeVisible();
    expect(sent(calls)[0]?.headers.get("Idempotency-Key")).toMatch(/^[0-9a-f]{32}-1$/);
    expect(sent(calls)[0]?.body).toMatchObject({ vouched: true, language: "en" });
    expect(localStorage).toHaveLength(0);
  });

  it("keeps what was typed, ties the refusal to its field and puts the cursor there", async () => {
    start(plainOptions);
    renderPage(<InvitePage />);
    await userEvent.type(await address(), "nonsense");
    await vouch();
    await check();
    expect(await screen.findByText("This doesn't look like an email address.")).toBeVisible();
    const input = await address();
    expect(input).toHaveFocus();
    expect(input).toHaveValue("nonsense");
    expect(input).toHaveAccessibleDescription("This doesn't look like an email address.");
  });

  it("wants to hear that the person knows whom they invite", async () => {
    const calls = start(plainOptions);
    renderPage(<InvitePage />);
    await userEvent.type(await address(), "bert@example.org");
    await check();
    expect(await screen.findByText("Confirm that you know the people you invite.")).toBeVisible();
    expect(screen.queryByTitle("The mail as mail programs show it")).toBeNull();
    expect(sent(calls)).toEqual([]);
  });

  it("counts the note as the companion does, and says before anything is sent that it is too long", async () => {
    const calls = start(plainOptions);
    renderPage(<InvitePage />);
    await userEvent.type(await address(), "bert@example.org");
    await vouch();
    const note = screen.getByRole("textbox", { name: "Note to the moderators" });
    await userEvent.click(note);
    await userEvent.paste("🚣".repeat(plainOptions.noteMaxLength + 2));
    await check();
    await expect.poll(() => calls.some(({ path }) => path === "invites/dry-run")).toBe(true);
    expect(await screen.findByText("2 characters too long.")).toBeVisible();
    await expect.poll(() => document.activeElement).toBe(note);
    expect(screen.queryByTitle("The mail as mail programs show it")).toBeNull();
  });

  it("says before sending what a moderator looks at", async () => {
    const calls = start(plainOptions, {
      "POST invites/dry-run": () => ({
        body: {
          invites: [
            { row: 1, outcome: "good", ...nothing, memberships: [], approvals: [{ rule: "young", sentence: "Your account is young" }] },
          ],
          preview: mail,
        },
      }),
    });
    renderPage(<InvitePage />);
    await userEvent.type(await address(), "bert@example.org");
    await vouch();
    await check();
    expect(await screen.findByText("A moderator looks at this invitation before it goes out.")).toBeVisible();
    expect(screen.getByText("Your account is young")).toBeVisible();
    expect(calls.find(({ path }) => path === "invites/dry-run")!.query.get("language")).toBe("en");
  });

  it("searches organisations on the server and takes the only group of the one that is chosen", async () => {
    const calls = start(adminOptions);
    renderPage(<InvitePage />);
    const combobox = await screen.findByRole("combobox", { name: "Organisation" });
    await userEvent.type(combobox, "row");
    await screen.findByRole("option", { name: /Rowing Club/ });
    await userEvent.keyboard("{ArrowDown}{ArrowDown}{Enter}");
    expect(combobox).toHaveValue("Rowing Club");
    expect(screen.getByRole("textbox", { name: "Group" })).toHaveValue("rowers");
    expect(calls.some(({ query }) => query.get("search") === "row")).toBe(true);
    await userEvent.type(await address(), "bert@example.org");
    await check();
    const tried = calls.find(({ path }) => path === "invites/dry-run")!;
    expect(rowsOf(tried)[0]?.memberships).toEqual([{ organization: "rowing", group: "/rowers" }]);
  });

  it("says that a search for organisations failed, and searches again", async () => {
    let isAway = false;
    start(adminOptions, { "GET invite-options": () => (isAway ? refuse(503, "companion_unavailable") : { body: adminOptions }) });
    renderPage(<InvitePage />);
    const combobox = await screen.findByRole("combobox", { name: "Organisation" });
    isAway = true;
    await userEvent.type(combobox, "row");
    expect(await screen.findByRole("option", { name: "This is not possible right now. Try again in a moment." })).toBeVisible();
    isAway = false;
    await userEvent.click(screen.getByRole("option", { name: "Try again" }));
    expect(await screen.findByRole("option", { name: /Rowing Club/ })).toBeVisible();
    expect(screen.queryByRole("option", { name: /not possible right now/ })).toBeNull();
  });

  it("lists what was searched for last, however late more of an earlier search comes", async () => {
    const [crew, rowing] = adminOptions.organizations;
    let late: () => void = () => undefined;
    start(adminOptions, {
      "GET invite-options": ({ query }) => {
        if (query.has("cursor")) {
          return new Promise((resolve) => (late = () => resolve({ body: { ...adminOptions, organizations: [crew!] } })));
        }
        const isLast = query.get("search") === "row";
        return { body: { ...adminOptions, organizations: [isLast ? rowing! : crew!], nextOrganizations: isLast ? null : "more" } };
      },
    });
    renderPage(<InvitePage />);
    const combobox = await screen.findByRole("combobox", { name: "Organisation" });
    await userEvent.click(combobox);
    await userEvent.click(await screen.findByRole("option", { name: "Show more" }));
    await userEvent.type(combobox, "row");
    expect(await screen.findByRole("option", { name: /Rowing Club/ })).toBeVisible();
    late();
    await userEvent.keyboard("{ArrowDown}");
    const listed = within(screen.getByRole("listbox")).getAllByRole("option");
    expect(listed.map(({ textContent }) => textContent)).toEqual([expect.stringContaining("Rowing Club")]);
  });

  it("says that an organisation needs a group before anything is asked of the server", async () => {
    const calls = start(adminOptions);
    renderPage(<InvitePage />);
    await userEvent.type(await address(), "bert@example.org");
    await vouch();
    await userEvent.type(screen.getByRole("combobox", { name: "Organisation" }), "crew");
    await userEvent.click(await screen.findByRole("option", { name: /^Harbour Crew/ }));
    await check();
    const group = screen.getByRole("combobox", { name: "Group" });
    expect(await screen.findByText("Choose a group.")).toBeVisible();
    expect(group).toHaveAccessibleDescription("Choose a group.");
    await expect.poll(() => document.activeElement).toBe(group);
    expect(tried(calls)).toEqual([]);
    await userEvent.selectOptions(group, "members");
    expect(screen.queryByText("Choose a group.")).toBeNull();
    await check();
    expect(await screen.findByRole("button", { name: "Send the invitation" })).toBeVisible();
    expect(tried(calls)[0]?.[0]?.memberships).toEqual([{ organization: "crew", group: "/members" }]);
  });

  it("lets somebody who may give no group in an organisation go on without it", async () => {
    const [crew] = adminOptions.organizations;
    const calls = start({ ...adminOptions, organizations: [{ ...crew!, groups: [] }] });
    renderPage(<InvitePage />);
    await userEvent.type(await address(), "bert@example.org");
    await vouch();
    const organization = screen.getByRole("combobox", { name: "Organisation" });
    expect(organization).toHaveValue("");
    await userEvent.type(organization, "crew");
    await userEvent.click(await screen.findByRole("option", { name: /^Harbour Crew/ }));
    await check();
    expect(await screen.findByText("You can't invite into Harbour Crew; ask one of its admins.")).toBeVisible();
    expect(organization).toHaveAccessibleDescription("You can't invite into Harbour Crew; ask one of its admins.");
    await expect.poll(() => document.activeElement).toBe(organization);
    expect(tried(calls)).toEqual([]);
    await userEvent.click(screen.getByRole("button", { name: "Clear" }));
    await check();
    expect(await screen.findByRole("button", { name: "Send the invitation" })).toBeVisible();
    expect(tried(calls)[0]?.[0]).not.toHaveProperty("memberships");
  });

  it("judges pasted rows without a group itself, and asks about the others only", async () => {
    const calls = start(adminOptions);
    renderPage(<InvitePage />);
    await userEvent.click(await screen.findByRole("button", { name: "Paste many" }));
    await userEvent.click(screen.getByRole("textbox", { name: "List of people" }));
    await userEvent.paste("address,organisation\nbert@example.org,crew\ncarla@example.org,rowing\ndora@example.org,Strangers");
    await userEvent.click(screen.getByRole("button", { name: "Check 3 people" }));
    expect(await screen.findByText("Choose a group.")).toBeVisible();
    expect(screen.getByText("You can't invite into Strangers; ask one of its admins.")).toBeVisible();
    await expect.poll(() => tried(calls).map((rows) => rows.map(({ contact }) => contact))).toEqual([["carla@example.org"]]);
  });

  it("preselects the only room, and says why a room can't be offered", async () => {
    start(adminOptions);
    renderPage(<InvitePage />);
    expect(await screen.findByRole("checkbox", { name: /General/ })).toBeChecked();
    expect(screen.getByRole("checkbox", { name: /Admins/ })).toBeDisabled();
    expect(screen.getByText("Can't be offered: the bot may not invite there.")).toBeVisible();
    expect(screen.getByRole("img", { name: "encrypted" })).toBeInTheDocument();
  });

  it("sends the way to the chat account where none is connected", async () => {
    start({ ...adminOptions, chat: "not_connected" });
    renderPage(<InvitePage />);
    expect(await screen.findByRole("link", { name: "Connect chat account" })).toHaveAttribute("href", "/chat");
  });

  it("gives every pasted row a verdict before anything is sent", async () => {
    const calls = start(plainOptions);
    renderPage(<InvitePage />);
    await userEvent.click(await screen.findByRole("button", { name: "Paste many" }));
    const list = Array.from({ length: 12 }, (_, index) => `guest${index}@example.org`)
      .concat("broken")
      .join("\n");
    await userEvent.click(screen.getByRole("textbox", { name: "List of people" }));
    await userEvent.paste(list);
    await userEvent.click(screen.getByRole("button", { name: "Check 13 people" }));
    expect(await screen.findByText("13 people, 1 of them needs a hand.")).toBeVisible();
    expect(await address()).toHaveValue("broken");
    expect(await address()).toHaveFocus();
    expect(sent(calls)).toEqual([]);
  });

  it("shows the rooms and messages of pasted rows, and takes a mended room by its name", async () => {
    const calls = start(adminOptions, {
      "POST invites/dry-run": (call) => ({
        body: {
          invites: rowsOf(call).map(({ rooms }, index) =>
            rooms?.includes("Genral")
              ? {
                  row: index + 1,
                  outcome: "refused",
                  ...refusal,
                  code: "room_not_allowed",
                  field: "rooms",
                  argument: "Genral",
                  memberships: [],
                  approvals: [],
                }
              : { row: index + 1, outcome: "good", ...nothing, memberships: [], approvals: [] },
          ),
          preview: mail,
        },
      }),
    });
    renderPage(<InvitePage />);
    await userEvent.click(await screen.findByRole("button", { name: "Paste many" }));
    const lines = Array.from({ length: 11 }, (_, index) => `guest${index}@example.org,crew,members,general,Hello ${index}`);
    await userEvent.click(screen.getByRole("textbox", { name: "List of people" }));
    await userEvent.paste(["address,organisation,group,rooms,message", ...lines, "bert@example.org,crew,members,Genral,"].join("\n"));
    await userEvent.click(screen.getByRole("button", { name: "Check 12 people" }));
    const input = await screen.findByRole("textbox", { name: "Chat rooms" });
    expect(input).toHaveValue("Genral");
    expect(input).toHaveAccessibleDescription("You can't invite into Genral; ask one of its admins.");
    await userEvent.clear(input);
    await userEvent.type(input, "GENERAL");
    await userEvent.click(screen.getByRole("checkbox", { name: "Only what needs a hand" }));
    expect(screen.getByRole("cell", { name: "Hello 3" })).toBeVisible();
    expect(screen.getAllByRole("cell", { name: "General" })).toHaveLength(11);
    await check();
    const tried = calls.filter(({ path }) => path === "invites/dry-run").at(-1)!;
    expect(rowsOf(tried)[11]).toMatchObject({ contact: "bert@example.org", rooms: ["!general"] });
  });

  it("folds away what was sent, and sends only what was mended, under a new key", async () => {
    const calls = start(plainOptions);
    renderPage(<InvitePage />);
    await userEvent.type(await address(), "limit@example.org");
    await userEvent.click(screen.getByRole("button", { name: "Add another person" }));
    await userEvent.keyboard("bert@example.org");
    await vouch();
    await check();
    await userEvent.click(await screen.findByRole("button", { name: "Send 2 invitations" }));
    expect(await screen.findByText("1 invitation is on its way")).toBeVisible();
    expect(
      screen.getByText(
        "This person already has an invitation, or was sent as many as are allowed. Ask them to look for it, or ask a moderator.",
      ),
    ).toBeVisible();
    const input = await address();
    expect(input).toHaveFocus();
    await userEvent.clear(input);
    await userEvent.type(input, "carla@example.org");
    await check();
    await userEvent.click(await screen.findByRole("button", { name: "Send the invitation" }));
    expect(await screen.findByText("2 invitations are on their way")).toBeVisible();
    expect(
      sent(calls)
        .map(rowsOf)
        .map((rows) => rows.map(({ contact }) => contact)),
    ).toEqual([["limit@example.org", "bert@example.org"], ["carla@example.org"]]);
    const keys = sent(calls).map(({ headers }) => headers.get("Idempotency-Key"));
    expect(keys[0]).not.toBe(keys[1]);
  });

  it("offers to go on with what a closed page left behind, by the same key", async () => {
    const batch = newBatch(
      [newRow({ contact: "bert@example.org" })],
      [newRow({ contact: "broken" })],
      sharedFrom(plainOptions),
      new Date(),
    );
    batchStore(me.id).save(batch);
    const calls = start(plainOptions);
    renderPage(<InvitePage />);
    await userEvent.click(await screen.findByRole("button", { name: "Go on" }));
    expect(await screen.findByText("1 invitation is on its way")).toBeVisible();
    expect(sent(calls)[0]?.headers.get("Idempotency-Key")).toBe(`${batch.key}-1`);
    expect(await address()).toHaveValue("broken");
    expect(localStorage).toHaveLength(0);
  });

  it("keeps what is being written when the page is left, for this person alone", async () => {
    start(plainOptions);
    const first = renderPage(<InvitePage />);
    await userEvent.type(await address(), "bert@example.org");
    await userEvent.type(screen.getByRole("textbox", { name: "Note to the moderators" }), "We row together.");
    await vouch();
    first.unmount();
    const other = renderPage(<InvitePage />, "/", { ...session, account: "mallory" });
    expect(await address()).toHaveValue("");
    other.unmount();
    renderPage(<InvitePage />);
    expect(await address()).toHaveValue("bert@example.org");
    expect(screen.getByRole("textbox", { name: "Note to the moderators" })).toHaveValue("We row together.");
    await check();
    await userEvent.click(await screen.findByRole("button", { name: "Send the invitation" }));
    expect(await screen.findByText("1 invitation is on its way")).toBeVisible();
    expect(JSON.stringify(Object.entries(sessionStorage))).not.toContain("bert@example.org");
  });

  it("keeps a pasted list that nobody has checked yet", async () => {
    start(plainOptions);
    const first = renderPage(<InvitePage />);
    await userEvent.click(await screen.findByRole("button", { name: "Paste many" }));
    await userEvent.click(screen.getByRole("textbox", { name: "List of people" }));
    await userEvent.paste("bert@example.org");
    first.unmount();
    renderPage(<InvitePage />);
    await userEvent.click(await screen.findByRole("button", { name: "Paste many" }));
    expect(screen.getByRole("textbox", { name: "List of people" })).toHaveValue("bert@example.org");
  });

  it("starts empty where another version of the page left a draft", async () => {
    sessionStorage.setItem("companion-draft.alice.invite", JSON.stringify({ rows: [{ contact: 7 }], shared: {} }));
    start(plainOptions);
    renderPage(<InvitePage />);
    expect(await address()).toHaveValue("");
  });

  it("keeps a pasted line without an address, with all that it says, until somebody adds one", async () => {
    start(adminOptions);
    renderPage(<InvitePage />);
    await userEvent.click(await screen.findByRole("button", { name: "Paste many" }));
    await userEvent.click(screen.getByRole("textbox", { name: "List of people" }));
    await userEvent.paste("address,organisation,group,message\nbert@example.org,crew,members,\n,rowing,rowers,Hello whoever");
    await userEvent.click(screen.getByRole("button", { name: "Check 2 people" }));
    await userEvent.click(screen.getByRole("checkbox", { name: /I know/ }));
    await userEvent.click(await screen.findByRole("button", { name: /good/ }));
    await userEvent.click(await screen.findByRole("button", { name: "Send the invitation" }));
    expect(await screen.findByText("1 invitation is on its way")).toBeVisible();
    expect(await address()).toHaveValue("");
    expect(screen.getByDisplayValue("Hello whoever")).toBeVisible();
  });

  it("goes on with an unfinished batch without listing anybody twice whom the draft has too", async () => {
    const left = newRow({ contact: "broken" });
    batchStore(me.id).save(newBatch([newRow({ contact: "bert@example.org" })], [left], sharedFrom(plainOptions), new Date()));
    sessionStorage.setItem("companion-draft.alice.invite", JSON.stringify({ rows: [left], shared: sharedFrom(plainOptions) }));
    start(plainOptions);
    renderPage(<InvitePage />);
    expect(await address()).toHaveValue("broken");
    await userEvent.click(await screen.findByRole("button", { name: "Go on" }));
    expect(await screen.findByText("1 invitation is on its way")).toBeVisible();
    expect(screen.getAllByDisplayValue("broken")).toHaveLength(1);
  });

  it("stops, says so and goes on when the companion is away for a moment", async () => {
    let isAway = true;
    const calls = start(plainOptions, {
      "POST invites": () =>
        isAway
          ? refuse(503, "companion_unavailable")
          : { body: { invites: [{ row: 1, outcome: "issued", id: "x", expiresAt: null, ...nothing }] } },
    });
    renderPage(<InvitePage />);
    await userEvent.type(await address(), "bert@example.org");
    await vouch();
    await check();
    await userEvent.click(await screen.findByRole("button", { name: "Send the invitation" }));
    expect(await screen.findByText("This is not possible right now. Try again in a moment.")).toBeVisible();
    isAway = false;
    await userEvent.click(screen.getByRole("button", { name: "Go on" }));
    expect(await screen.findByText("1 invitation is on its way")).toBeVisible();
    expect(new Set(sent(calls).map(({ headers }) => headers.get("Idempotency-Key"))).size).toBe(1);
  });

  it("says in words that inviting is paused or stopped, in place of a form that would be refused", async () => {
    for (const [stop, said] of [
      [{ paused: { text: "A raid. Back on Friday." } }, "A raid. Back on Friday."],
      [{ paused: { text: null } }, /Come back later/],
      [{ invitingFrozen: true }, "You can't invite people at the moment"],
    ] as const) {
      start(plainOptions, { "GET me": () => ({ body: { ...me, ...stop } }) });
      const { unmount } = renderPage(<InvitePage />);
      expect(await screen.findByText(said, { exact: false })).toBeVisible();
      expect(screen.queryByRole("textbox")).toBeNull();
      unmount();
    }
  });

  it("tells somebody who may not invite", async () => {
    start({ ...plainOptions, canInvite: false });
    renderPage(<InvitePage />);
    expect(await screen.findByText("You can't invite people")).toBeVisible();
    expect(within(document.body).queryByRole("textbox")).toBeNull();
  });
});
