// Says the time in the reader's own zone and looks every now and then whether the registration was approved. Without this script
// the button does. The page is asked for as a whole, because the answer to an approved person is the redirect that lets them in.
const page = document.getElementById("invite-waiting");
const time = page.querySelector("time");
const interval = Number(page.dataset.checkSeconds) * 1000;
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

function check() {
  const left = checkAt - performance.now();
  if (left > 0) {
    setTimeout(check, left);
  } else if (document.visibilityState === "visible") {
    location.replace(location.href);
  }
}

if (time) {
  sayTime();
}
document.addEventListener("visibilitychange", check);
check();
