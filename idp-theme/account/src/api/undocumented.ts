/** What the companion's document doesn't describe yet: the person's own picture and chat account. */

export type WithPicture = { pictureUrl?: string | null };
export type Picture = { url: string };
export type MatrixCodeSent = { expiresAt: string };
export type MatrixConnection = { matrixId: string };
