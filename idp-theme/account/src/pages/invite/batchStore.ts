import { readStored, writeStored } from "../../parts/stored";
import { type Batch, isBatch } from "./batch";

// The companion remembers a key for seven days; after that the same key would send again.
const longestRest = 6 * 24 * 60 * 60 * 1000;

/** Keeps a person's unfinished batch in this browser. It holds addresses, so it is removed as soon as it is done. */
export function batchStore(owner: string, storage: Storage = localStorage) {
  const name = `companion.invite.${owner}`;
  return {
    load(now: Date): Batch | undefined {
      const batch = readStored(storage, name, isBatch);
      if (batch && now.getTime() - Date.parse(batch.startedAt) < longestRest) {
        return batch;
      }
      storage.removeItem(name);
      return undefined;
    },
    save: (batch: Batch) => writeStored(storage, name, batch),
    remove: () => storage.removeItem(name),
  };
}
