import { useLayoutEffect, useState } from "react";

const stored = "companion-approval-keys";
const typing = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable], [role=dialog]";

/** Single keys that act on the page, except where somebody types or a dialog is open; for those who switched them on in this browser. */
export function useShortcuts(actions: Record<string, (() => void) | undefined>) {
  const [isOn, setOn] = useState(() => localStorage.getItem(stored) === "on");
  // With the page, not after it: a key acts on what is seen.
  useLayoutEffect(() => {
    if (!isOn) {
      return;
    }
    const onKey = (event: KeyboardEvent) => {
      const isTyped = event.target instanceof Element && event.target.closest(typing) !== null;
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.repeat;
      if (isPlain && !isTyped && document.querySelector("[role=dialog]") === null) {
        actions[event.key]?.();
      }
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [isOn, actions]);
  const change = (isOn: boolean) => {
    localStorage.setItem(stored, isOn ? "on" : "off");
    setOn(isOn);
  };
  return { isOn, change };
}
