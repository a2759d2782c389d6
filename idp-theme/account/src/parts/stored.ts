/** What a browser kept under a name; nothing where it is of another shape, as one that an older version of these pages wrote may be. */
export function readStored<T>(storage: Storage, name: string, isValid: (stored: unknown) => stored is T): T | undefined {
  try {
    const stored: unknown = JSON.parse(storage.getItem(name) ?? "null");
    return isValid(stored) ? stored : undefined;
  } catch {
    return undefined;
  }
}

/** A full or forbidden storage must not stop anybody; then nothing is kept. */
export function writeStored(storage: Storage, name: string, value: unknown): void {
  try {
    storage.setItem(name, JSON.stringify(value));
  } catch {
    storage.removeItem(name);
  }
}

type Guard<T> = (value: unknown) => value is T;

export const isText = (value: unknown): value is string => typeof value === "string";
export const isFlag = (value: unknown): value is boolean => typeof value === "boolean";
export const nullOr =
  <T>(isOne: Guard<T>): Guard<T | null> =>
  (value): value is T | null =>
    value === null || isOne(value);
export const listOf =
  <T>(isOne: Guard<T>): Guard<T[]> =>
  (value): value is T[] =>
    Array.isArray(value) && value.every(isOne);
/** An object in which every property is of its kind. */
export const objectOf =
  <T extends object>(parts: { [P in keyof T]-?: Guard<T[P]> }): Guard<T> =>
  (value): value is T =>
    typeof value === "object" &&
    value !== null &&
    (Object.keys(parts) as (keyof T)[]).every((name) => parts[name]((value as Partial<Record<keyof T, unknown>>)[name]));
