"use strict";

// The token comes in the fragment, which no server sees. It leaves the address bar at once and goes on in a POST body;
// the answer is the same page that a browser without script gets.
const showTimes = () => {
  const language = document.documentElement.lang;
  const locale = navigator.languages.find((wanted) => wanted.startsWith(language)) ?? language;
  for (const time of document.querySelectorAll("time")) {
    time.textContent = new Date(time.dateTime).toLocaleString(locale, {
      dateStyle: "full",
      timeStyle: "short",
    });
  }
};

const ask = async (form, token) => {
  const answer = await fetch(form.action, {
    method: "POST",
    body: new URLSearchParams({ token, lang: document.documentElement.lang }),
    credentials: "omit",
    redirect: "error",
  });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (page.querySelector("main[data-state]") === null) {
    throw new Error("no page");
  }
  return page;
};

const open = async () => {
  const token = location.hash.slice(1);
  if (token === "") {
    return;
  }
  history.replaceState(null, "", location.pathname + location.search);
  const main = document.querySelector("main");
  const form = main.querySelector("form[action$='/i/exchange']");
  if (form === null) {
    return;
  }
  const before = [...main.childNodes];
  main.replaceChildren(document.getElementById("wait").content.cloneNode(true));
  try {
    const page = await ask(form, token);
    document.title = page.title;
    document.body.replaceChildren(...page.body.childNodes);
    showTimes();
  } catch {
    main.replaceChildren(...before);
    main.querySelector(".trouble").hidden = false;
    document.getElementById("token").value = token;
  }
  document.querySelector("h1").focus();
};

showTimes();
// Another link was opened in this tab.
addEventListener("hashchange", () => location.reload());
void open();
