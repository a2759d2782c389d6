import { createRequire } from "node:module";
import { defineConfig, type Plugin } from "vite";

/** React, in the files that Keycloak serves it in: for a server that plays Keycloak. */
const files = { "react/react": "react", "react/react-jsx-runtime": "react/jsx-runtime", "react-dom/react-dom": "react-dom" };
const prefix = "\0served:";
const require = createRequire(import.meta.url);

/** React's packages are CommonJS: a module of its own for each, which exports everything by name. */
function served(): Plugin {
  return {
    name: "served",
    resolveId: (id) => (id.startsWith(prefix) ? id : null),
    load(id) {
      if (!id.startsWith(prefix)) {
        return null;
      }
      const name = id.slice(prefix.length);
      const exports = Object.keys(require(name) as object).join(", ");
      return `import all from "${name}"; export default all; export const { ${exports} } = all;`;
    },
  };
}

export default defineConfig({
  plugins: [served()],
  build: {
    outDir: "target/vendor",
    rollupOptions: {
      input: Object.fromEntries(Object.entries(files).map(([file, name]) => [file, prefix + name])),
      preserveEntrySignatures: "strict",
      external: (id, importer) => id === "react" && importer !== `${prefix}react`,
      output: { entryFileNames: "[name].production.min.js" },
    },
  },
});
