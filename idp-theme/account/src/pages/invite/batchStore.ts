import type { Batch } from "./batch";

// The companion remembers a key for seven days; after that the same key would send again.
const longestRest = 6 * 24 * 60 * 60 * 1000;

/** Keeps a person's unfinished batch in this browser. It holds addresses, so it is removed as soon as it is done. */
export function batchStore(owner: string, storage: Storage = localStorage) {
  const name = `companion.invite.${owner}`;
  return {
    load(now: Date): Batch | undefined {
      const batch = parse(storage.getItem(name));
      if (batch && now.getTime() - Date.parse(batch.startedAt) < longestRest) {
        return batch;
      }
      storage.removeItem(name);
      return undefined;
    },
    save: (batch: Batch) => write(storage, name, batch),
    remove: () => storage.removeItem(name),
  };
}

function parse(text: string | null): Batch | undefined {
  try {
    return text === null ? undefined : (JSON.parse(text) as Batch);
  } catch {
    return undefined;
  }
}

// A full or forbidden storage must not stop the sending; only going on after a closed tab is lost.
function write(storage: Storage, name: string, batch: Batch) {
  try {
    storage.setItem(name, JSON.stringify(batch));
  } catch {
    storage.removeItem(name);
  }
}
