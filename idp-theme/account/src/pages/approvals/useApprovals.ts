import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useApi } from "../../api/ApiContext";
import type { Approval, ApprovalPage } from "../../api/types";
import { usePages } from "../../parts/usePages";

const pageSize = 50;
const betweenLooks = 10_000;

// Also while nothing waits: the next case may come, and others decide and take.
const pauseFor = () => betweenLooks;

/** What waits, or what was decided, kept up to date. */
export function useApprovals(decided: boolean) {
  const api = useApi();
  const { language } = useTranslation().i18n;
  const read = useCallback(
    (cursor: string | undefined, etag: string | null | undefined, signal: AbortSignal) =>
      api.approvals({ decided, language, cursor, limit: pageSize }, etag, signal),
    [api, decided, language],
  );
  const { pages, patch, ...list } = usePages<ApprovalPage>(read, pauseFor);
  const replace = useCallback((changed: Approval) => patch((page) => withApproval(page, changed)), [patch]);
  return {
    ...list,
    approvals: pages?.flatMap(({ approvals }) => approvals),
    open: pages?.[0]?.open ?? 0,
    lastDecidedAt: pages?.[0]?.lastDecidedAt ?? null,
    replace,
  };
}

function withApproval(page: ApprovalPage, changed: Approval): ApprovalPage {
  return { ...page, approvals: page.approvals.map((approval) => (approval.id === changed.id ? changed : approval)) };
}
