import { useCallback, useEffect, useState } from "react";
import { useApi } from "../../api/ApiContext";
import { refusalOf, toProblem } from "../../api/Problem";
import type { Refusal } from "../../api/types";
import { toJpeg } from "./picture";

export type Chosen = { bitmap: ImageBitmap; position: number };

const unreadable = refusalOf("picture_malformed");

/** The person's picture: the one there is, the one that is being cut, and what went wrong. */
export function usePicture() {
  const api = useApi();
  const [url, setUrl] = useState<string | null>(null);
  const [chosen, setChosen] = useState<Chosen>();
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();

  useEffect(() => {
    const gone = new AbortController();
    api.me(gone.signal).then(
      ({ pictureUrl }) => setUrl(pictureUrl),
      () => setUrl(null),
    );
    return () => gone.abort();
  }, [api]);

  const attempt = useCallback(async (action: () => Promise<void>) => {
    setRefusal(undefined);
    setBusy(true);
    try {
      await action();
    } catch (error) {
      setRefusal(toProblem(error));
    } finally {
      setBusy(false);
    }
  }, []);

  return {
    url,
    chosen,
    isBusy,
    refusal,
    choose: async (file: File) => {
      try {
        setChosen({ bitmap: await createImageBitmap(file), position: 0.5 });
        setRefusal(undefined);
      } catch {
        setRefusal(unreadable);
      }
    },
    move: (position: number) => setChosen((chosen) => chosen && { ...chosen, position }),
    forget: () => setChosen(undefined),
    save: ({ bitmap, position }: Chosen) =>
      attempt(async () => {
        setUrl((await api.setPicture(await toJpeg(bitmap, position))).url);
        setChosen(undefined);
      }),
    remove: () =>
      attempt(async () => {
        await api.removePicture();
        setUrl(null);
      }),
  };
}
