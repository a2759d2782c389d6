import { readFileSync } from "node:fs";

/** The theme's texts as Keycloak hands them out. */
export function readMessages(language: "en" | "de"): Record<string, string> {
  const lines = readFileSync(`messages/messages_${language}.properties`, "utf8").split("\n");
  const texts = lines
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]);
  return Object.fromEntries(texts);
}
