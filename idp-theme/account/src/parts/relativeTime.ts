const second = 1000;
const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400 * second],
  ["hour", 3600 * second],
  ["minute", 60 * second],
];

/** "3 hours ago", "in 2 days"; whole units, towards now. */
export function relativeTime(then: Date, now: Date, locale: string): string {
  const distance = then.getTime() - now.getTime();
  const [unit, length] = units.find(([, length]) => Math.abs(distance) >= length) ?? ["second", second];
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  return unit === "second" ? format.format(0, "second") : format.format(Math.trunc(distance / length), unit);
}

export function exactTime(time: Date, locale: string): string {
  return time.toLocaleString(locale, { dateStyle: "full", timeStyle: "short" });
}
