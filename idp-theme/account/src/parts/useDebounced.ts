import { useEffect, useState } from "react";

const patience = 300;

/** The value once it has stayed the same for a moment, so that typing asks the server once. */
export function useDebounced<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), patience);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
