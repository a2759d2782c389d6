import type { Membership } from "../api/types";

/** "Harbour Crew · rowers"; a group's path is shown by its name. */
export function membershipText({ organization, organizationName, group }: Membership): string {
  return [organizationName ?? organization, group && groupName(group)].filter(Boolean).join(" · ");
}

export function groupName(path: string): string {
  return path.replace(/^\//, "").replaceAll("/", " › ");
}
