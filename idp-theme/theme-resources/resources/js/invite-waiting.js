// Says the time in the reader's own zone, keeps what is being written, and looks every now and then whether the registration was
// approved. Without this script the button does. The page is asked for as a whole, because the answer to an approved person is the
// redirect that lets them in.
const page = document.getElementById("invite-waiting");
const time = page.querySelector("time");
const box = page.querySelector("textarea");
const draft = "invite-note";
const interval = Number(page.dataset.checkSeconds) * 1000;
const pause = 5000;
const units = [["day", 86400], ["hour", 3600], ["minute", 60]];
let checkAt = performance.now() + interval;

function sayTime() {
  const since = new Date(time.dateTime);
  const seconds = Math.max(60, (Date.now() - since.getTime()) / 1000);
  const [unit, length] = units.find(([, size]) => seconds >= size);
  const language = document.documentElement.lang;
  time.textContent = new Intl.RelativeTimeFormat(language).format(-Math.floor(seconds / length), unit);
  time.title = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }).format(since);
}

// Nobody who writes is interrupted; who only left something in the box finds it again.
const isWriting = () => box !== null && document.activeElement === box && box.value !== "";

function check() {
  const left = checkAt - performance.now();
  if (left > 0) {
    setTimeout(check, left);
  } else if (document.visibilityState === "visible" && !isWriting()) {
    location.replace(location.href);
  }
}

if (time) {
  sayTime();
}
if (document.getElementById("invite-note-kept")) {
  sessionStorage.removeItem(draft);
}
if (box) {
  box.value ||= sessionStorage.getItem(draft) ?? "";
  box.addEventListener("input", () => sessionStorage.setItem(draft, box.value));
  box.addEventListener("blur", () => {
    checkAt = Math.max(checkAt, performance.now() + pause); // who leaves the box may be on the way to the button
    check();
  });
}
document.getElementById("invite-sign-out").addEventListener("click", () => sessionStorage.removeItem(draft));
document.addEventListener("visibilitychange", check);
check();
