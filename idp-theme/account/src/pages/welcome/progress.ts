import type { RoomStatus, Welcome } from "../../api/types";

export type Tick = "done" | "waiting" | "failed";

/** How a room's status is shown: ticked, still moving, or not to be. */
export function tickOf(status: RoomStatus): Tick {
  switch (status) {
    case "joined":
    case "invited":
      return "done";
    case "skipped":
    case "declined":
    case "blocked":
      return "failed";
    default:
      return "waiting";
  }
}

export function roomsDone(rooms: Welcome["rooms"]): number {
  return rooms.filter(({ status }) => tickOf(status) === "done").length;
}
