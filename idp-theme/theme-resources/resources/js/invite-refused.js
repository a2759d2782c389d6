// Counts down until the retry link may be followed. Without this script the link works at once.
const link = document.getElementById("invite-retry");
const status = document.getElementById("invite-retry-status");
const label = link.textContent;
const readyAt = performance.now() + Number(link.dataset.seconds) * 1000;

const secondsLeft = () => Math.ceil((readyAt - performance.now()) / 1000);

function show() {
  const left = secondsLeft();
  if (left > 0) {
    link.setAttribute("aria-disabled", "true");
    link.textContent = link.dataset.waiting.replace("#", String(left));
    setTimeout(show, 1000);
    return;
  }
  if (link.hasAttribute("aria-disabled")) {
    link.removeAttribute("aria-disabled");
    link.textContent = label;
    status.textContent = link.dataset.ready;
  }
}

link.addEventListener("click", (event) => {
  if (secondsLeft() > 0) {
    event.preventDefault();
  }
});
show();
