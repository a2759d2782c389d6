const darkClass = "pf-v5-theme-dark";

/** Follows the reader's system, as Keycloak's console does, unless the realm switched dark mode off. */
export function followDarkMode(isAllowed: boolean): void {
  if (!isAllowed) {
    return;
  }
  const query = window.matchMedia("(prefers-color-scheme: dark)");
  const apply = () => document.documentElement.classList.toggle(darkClass, query.matches);
  query.addEventListener("change", apply);
  apply();
}
