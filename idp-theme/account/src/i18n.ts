import i18n from "i18next";
import { initReactI18next } from "react-i18next";
import type { Environment } from "./environment";

type Texts = Record<string, string>;

const fallback = "en";

/**
 * Takes the texts from Keycloak, which puts the theme's and the realm's own over its built-in ones. A language that can't be had is
 * replaced by the other; without any text it fails.
 */
export async function startI18n({ serverBaseUrl, realm, locale }: Environment): Promise<void> {
  const languages = [...new Set([locale, fallback])];
  const resources: Record<string, { translation: Texts }> = {};
  const failures: unknown[] = [];
  await Promise.all(
    languages.map(async (language) => {
      try {
        resources[language] = { translation: await load(`${serverBaseUrl}/resources/${encodeURIComponent(realm)}/account/${language}`) };
      } catch (error) {
        failures.push(error);
      }
    }),
  );
  failures.forEach((failure) => console.error(failure));
  if (failures.length === languages.length) {
    throw new Error("There are no texts.");
  }
  await i18n.use(initReactI18next).init({
    lng: locale,
    fallbackLng: fallback,
    // Keys have dots and colons in them.
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    showSupportNotice: false,
    resources,
  });
}

async function load(url: string): Promise<Texts> {
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(`${url} answered ${response.status}.`);
  }
  const entries = (await response.json()) as { key: string; value: string }[];
  return Object.fromEntries(entries.map(({ key, value }) => [key, value]));
}
