import { useEffect, useState } from "react";
import { useApi } from "../../api/ApiContext";
import type { Invite, Quota } from "../../api/types";
import { QuotaText } from "../../parts/QuotaText";
import { isOpen } from "./status";

/** How many invitations are left, asked again whenever the number of open ones changes. */
export function QuotaLine({ invites }: { invites: Invite[] }) {
  const api = useApi();
  const [quota, setQuota] = useState<Quota>();
  const open = invites.filter(isOpen).length;
  useEffect(() => {
    const gone = new AbortController();
    api.inviteOptions({}, gone.signal).then(
      (options) => setQuota(options.quota),
      () => setQuota(undefined),
    );
    return () => gone.abort();
  }, [api, open]);
  return quota ? <QuotaText quota={quota} /> : null;
}
