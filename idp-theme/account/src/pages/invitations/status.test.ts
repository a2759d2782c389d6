import { describe, expect, it } from "vitest";
import type { RoomStatus } from "../../api/types";
import { invite } from "../../test/samples";
import { lastChange, pauseFor, statusText } from "./status";

const rooms = (...statuses: RoomStatus[]) => statuses.map((status, index) => ({ id: `${index}`, name: null, status }));

describe("an invitation's state", () => {
  it("counts the rooms that somebody joined or was invited to", () => {
    const text = statusText(invite({ status: "redeemed", rooms: rooms("joined", "invited", "pending") }));
    expect(text).toEqual({ keys: ["status.redeemed.rooms"], values: { joined: 2, count: 3 } });
  });

  it("is joined when all rooms are", () => {
    expect(statusText(invite({ status: "redeemed", rooms: rooms("joined") })).keys).toEqual(["status.redeemed"]);
    expect(statusText(invite({ status: "redeemed" })).keys).toEqual(["status.redeemed"]);
  });

  it("says why a mail was not delivered, in general for a reason it doesn't know", () => {
    const { keys } = statusText(invite({ status: "delivery_failed", failure: "greylisted" }));
    expect(keys).toEqual(["status.delivery_failed.greylisted", "status.delivery_failed.other"]);
  });

  it("is dated by the last thing that happened", () => {
    expect(lastChange(invite({ openedAt: "opened", endedAt: "ended" }))).toBe("ended");
    expect(lastChange(invite({ sentAt: null }))).toBe("2026-11-20T10:00:00Z");
  });
});

describe("looking again", () => {
  it("is quick while something moves, slow while people may act, and ends with the last open one", () => {
    expect(pauseFor([invite({ status: "issued" }), invite()])).toBe(5000);
    expect(pauseFor([invite({ status: "redeemed", rooms: rooms("pending") })])).toBe(5000);
    expect(pauseFor([invite({ status: "awaiting_approval" })])).toBe(30_000);
    expect(pauseFor([invite({ status: "expired" })])).toBeNull();
  });
});
