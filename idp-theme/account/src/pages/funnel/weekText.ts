/** A week by its Monday: "16 Nov". */
export function weekText(monday: string, locale: string): string {
  return new Date(`${monday}T00:00:00`).toLocaleDateString(locale, { day: "numeric", month: "short" });
}
