const units: [string, number][] = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

/** "2.5 hours": in the largest whole unit, with one digit more where it is small. */
export function durationText(seconds: number, locale: string): string {
  const [unit, length] = units.find(([, length]) => seconds >= length) ?? ["second", 1];
  const value = seconds / length;
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit,
    unitDisplay: "long",
    maximumFractionDigits: value < 10 && unit !== "second" ? 1 : 0,
  }).format(value);
}
