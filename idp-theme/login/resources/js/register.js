// Marks password rules as they are met and takes people to the first error. The form works without it.
const form = document.getElementById("kc-register-form");
const password = document.getElementById("password");
const rules = document.getElementById("password-rules");

const count = (value, pattern) => (value.match(pattern) ?? []).length;
const valueOf = (id) => document.getElementById(id)?.value ?? "";
const sameText = (a, b) => b !== "" && a.toLowerCase() === b.toLowerCase();

// Each counts as the server does.
const checks = {
  length: (value, n) => value.length >= n,
  maxLength: (value, n) => value !== "" && value.length <= n,
  lowerCase: (value, n) => count(value, /\p{Lowercase}/gu) >= n,
  upperCase: (value, n) => count(value, /\p{Uppercase}/gu) >= n,
  digits: (value, n) => count(value, /\p{Nd}/gu) >= n,
  specialChars: (value, n) => count(value, /[^\p{L}\p{Nd}]/gu) >= n,
  notUsername: (value) => value !== "" && !sameText(value, valueOf("username")),
  notEmail: (value) => value !== "" && !sameText(value, valueOf("email")),
};

function describe(input, id) {
  const known = input.getAttribute("aria-describedby");
  input.setAttribute("aria-describedby", known ? `${known} ${id}` : id);
}

// Where the list is, every change is read out, also one to the same text.
function markRules() {
  for (const rule of rules.children) {
    const met = checks[rule.dataset.passwordRule](password.value, Number(rule.dataset.count));
    const state = rule.querySelector("span");
    const text = ` (${met ? rules.dataset.met : rules.dataset.open})`;
    if (state.textContent !== text) {
      rule.classList.toggle("companion-met", met);
      state.textContent = text;
    }
  }
}

if (password && rules) {
  for (const rule of rules.children) {
    const state = document.createElement("span");
    state.className = "pf-v5-screen-reader";
    rule.append(state);
  }
  describe(password, rules.id);
  form.addEventListener("input", markRules);
  markRules();
}

const wrong = [...form.querySelectorAll("[aria-invalid='true']")];
for (const input of wrong) {
  const error = document.getElementById(`input-error-${input.name}`);
  if (error) {
    describe(input, error.id);
  }
}
wrong[0]?.focus();
