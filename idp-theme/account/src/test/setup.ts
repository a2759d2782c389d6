import "@testing-library/jest-dom/vitest";
import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";
import { testEnvironment } from "./environment";

// The console package reads it when it is loaded.
const injected = document.createElement("script");
injected.id = "environment";
injected.type = "application/json";
injected.textContent = JSON.stringify(testEnvironment);
document.head.append(injected);

// jsdom has no layout; its window counts as wide.
window.matchMedia = (media) => Object.assign(new EventTarget(), { matches: false, media, onchange: null }) as unknown as MediaQueryList;

// As in newer browsers, whatever its type says.
Element.prototype.scrollIntoView = () => Promise.resolve() as unknown as undefined;

// Browsers have it, and Keycloak's client uses it; Node has it from 22 on.
Object.assign(Promise, {
  withResolvers: () => {
    const parts: Record<string, unknown> = {};
    parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
    return parts;
  },
});

afterEach(() => {
  cleanup();
  localStorage.clear();
  sessionStorage.clear();
});
