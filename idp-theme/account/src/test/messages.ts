import { readFileSync } from "node:fs";

/** The theme's texts as Keycloak hands them out. */
export function readMessages(language: "en" | "de"): Record<string, string> {
  const lines = readFileSync(`messages/messages_${language}.properties`, "utf8").split("\n");
  const texts = lines
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]);
  const keys = texts.map(([key]) => key);
  const doubled = keys.filter((key, index) => keys.indexOf(key) !== index);
  if (doubled.length > 0) {
    throw new Error(`${language} has these keys twice: ${doubled.join(", ")}`);
  }
  return Object.fromEntries(texts);
}
