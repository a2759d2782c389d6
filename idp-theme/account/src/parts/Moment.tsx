import { useTranslation } from "react-i18next";
import { exactTime, relativeTime } from "./relativeTime";
import { useNow } from "./useNow";

/** A time as people say it; exact, in their time zone, under the pointer. */
export function Moment({ at }: { at: string }) {
  const { i18n } = useTranslation();
  const now = useNow();
  const time = new Date(at);
  return (
    <time dateTime={at} title={exactTime(time, i18n.language)}>
      {relativeTime(time, now, i18n.language)}
    </time>
  );
}
