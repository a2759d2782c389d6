// Adds the way to the moderators' pages to the navigation of Keycloak's admin console. They are in the account console, so whoever
// administers from another realm signs in to the viewed one there. Where the console's navigation looks different the entry is missing,
// and nothing else.
const navigation = ".keycloak__page_nav__nav nav";
const entryId = "companion-approvals";
const { serverBaseUrl, masterRealm, realm: loginRealm } = JSON.parse(document.getElementById("environment").textContent);
const shown = { label: undefined, texts: {} };

// The console is at #/<realm>/…
const viewedRealm = () => decodeURIComponent(location.hash.split("/")[1] ?? "") || loginRealm || masterRealm;
const address = () => `${serverBaseUrl}/realms/${encodeURIComponent(viewedRealm())}/account/moderation/approvals`;

async function loadTexts(language) {
  const answer = await fetch(`${serverBaseUrl}/resources/${encodeURIComponent(loginRealm || masterRealm)}/admin/${language}`);
  shown.texts = Object.fromEntries((await answer.json()).map(({ key, value }) => [key, value]));
  draw();
}

function makeEntry() {
  const section = document.createElement("section");
  section.id = entryId;
  section.className = "pf-v5-c-nav__section";
  const title = document.createElement("h2");
  title.className = "pf-v5-c-nav__section-title";
  const list = document.createElement("ul");
  list.className = "pf-v5-c-nav__list";
  const item = document.createElement("li");
  item.className = "pf-v5-c-nav__item";
  const link = document.createElement("a");
  link.className = "pf-v5-c-nav__link";
  item.append(link);
  list.append(item);
  section.append(title, list);
  return section;
}

// Changes nothing where nothing changed, because every change calls it again.
function draw() {
  const nav = document.querySelector(navigation);
  const { "companion.moderation": title, "companion.approvals": label } = shown.texts;
  if (!nav || !label) {
    return;
  }
  const entry = document.getElementById(entryId) ?? makeEntry();
  if (entry.parentElement !== nav) {
    nav.append(entry);
  }
  const [heading, link] = [entry.querySelector("h2"), entry.querySelector("a")];
  if (heading.textContent !== title || link.textContent !== label) {
    heading.textContent = title;
    link.textContent = label;
  }
  if (link.href !== address()) {
    link.href = address();
  }
}

new MutationObserver(draw).observe(document.getElementById("app") ?? document.body, { childList: true, subtree: true });
addEventListener("hashchange", draw);
loadTexts(document.documentElement.lang || "en").catch(() => undefined);
