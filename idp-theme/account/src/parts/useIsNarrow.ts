import { useEffect, useState } from "react";

// PatternFly's step from phone and tablet to desktop.
const narrow = "(max-width: 991px)";

/** There is no room for two columns or a drawing. */
export function useIsNarrow(): boolean {
  const [isNarrow, setNarrow] = useState(() => matchMedia(narrow).matches);
  useEffect(() => {
    const query = matchMedia(narrow);
    const look = () => setNarrow(query.matches);
    query.addEventListener("change", look);
    return () => query.removeEventListener("change", look);
  }, []);
  return isNarrow;
}
