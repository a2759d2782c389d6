import { describe, expect, it } from "vitest";
import { adminOptions } from "../../test/samples";
import { newRow, roomNames, roomsIn, sharedFrom, toRequest } from "./rows";

const offered = adminOptions.rooms;

describe("rooms in a row", () => {
  it("are found by name, ignoring case, or by id", () => {
    expect(roomsIn("general | !admins", offered)).toEqual(["!general", "!admins"]);
    expect(roomsIn(" GENERAL;;general ", offered)).toEqual(["!general"]);
  });

  it("stay as they were written where nobody offers such a room, or several have the name", () => {
    const twins = [...offered, { ...offered[0]!, id: "!other" }];
    expect(roomsIn("Genral", offered)).toEqual(["Genral"]);
    expect(roomsIn("General", twins)).toEqual(["General"]);
  });

  it("are shown by their names", () => {
    expect(roomNames(["!general", "Genral"], offered)).toBe("General; Genral");
  });
});

describe("a request", () => {
  it("has what a row says of its own in place of what all share", () => {
    const shared = { ...sharedFrom(adminOptions), message: "Hello all" };
    const { invites, message } = toRequest([newRow({ rooms: ["!admins"], message: " Hello Bert " }), newRow()], shared);
    expect(message).toBe("Hello all");
    expect(invites[0]).toMatchObject({ rooms: ["!admins"], message: "Hello Bert" });
    expect(invites[1]).toEqual({ contact: "", rooms: ["!general"] });
  });
});
