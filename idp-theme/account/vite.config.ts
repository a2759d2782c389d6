/// <reference types="vitest/config" />
import { readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";

const consoleStyles = "node_modules/@keycloak/keycloak-account-ui/lib/keycloak-account-ui.css";

/** Leaves out PatternFly's style sheets of the components that the console package's own sheet has already. */
function withoutDoubledStyles(): Plugin {
  const present = readFileSync(consoleStyles, "utf8");
  const classOf = (component: string) => component.replace(/\B([A-Z])/g, "-$1").toLowerCase();
  return {
    name: "without-doubled-styles",
    enforce: "pre",
    load(id) {
      const component = /react-styles\/css\/components\/(\w+)\/[\w-]+\.css$/.exec(id)?.[1];
      return component && present.includes(`.pf-v5-c-${classOf(component)}{`) ? "" : null;
    },
  };
}

export default defineConfig({
  base: "",
  plugins: [withoutDoubledStyles()],
  resolve: { alias: { "console.css": `/${consoleStyles}` } },
  build: {
    target: "esnext",
    outDir: "dist",
    manifest: true,
    // Keycloak preloads the manifest's keys of further chunks in place of their files, so there is only one.
    rollupOptions: {
      input: "src/main.tsx",
      external: ["react", "react/jsx-runtime", "react-dom"],
      output: { inlineDynamicImports: true },
    },
    chunkSizeWarningLimit: 1500,
  },
  server: { cors: true, origin: "http://localhost:5173" },
  test: {
    environment: "jsdom",
    setupFiles: ["src/test/setup.ts"],
    css: false,
    restoreMocks: true,
    testTimeout: 60_000,
  },
});
