import i18n from "i18next";
import { initReactI18next } from "react-i18next";
import type { Environment } from "./environment";

type Texts = Record<string, string>;

const fallback = "en";

/** Takes the texts from Keycloak, which puts the theme's and the realm's own over its built-in ones. */
export async function startI18n({ serverBaseUrl, realm, locale }: Environment): Promise<void> {
  const languages = [...new Set([locale, fallback])];
  const texts = await Promise.all(languages.map((language) => load(`${serverBaseUrl}/resources/${realm}/account/${language}`)));
  await i18n.use(initReactI18next).init({
    lng: locale,
    fallbackLng: fallback,
    // Keys have dots and colons in them.
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    showSupportNotice: false,
    resources: Object.fromEntries(languages.map((language, index) => [language, { translation: texts[index] ?? {} }])),
  });
}

async function load(url: string): Promise<Texts> {
  const entries = (await (await fetch(url)).json()) as { key: string; value: string }[];
  return Object.fromEntries(entries.map(({ key, value }) => [key, value]));
}
