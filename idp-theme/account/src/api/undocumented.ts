/** What the companion's document doesn't describe yet: the person's own picture and chat account. */

export type WithPicture = { pictureUrl?: string | null };
export type Picture = { url: string };
export type PendingCode = { matrixId: string; status: "requested" | "sent" | "undeliverable"; expiresAt: string };
/** The proven account, and the one that a code is on the way to. */
export type MatrixConnection = { matrixId: string | null; pending: PendingCode | null };
