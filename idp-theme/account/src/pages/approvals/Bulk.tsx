import { Alert, AlertActionCloseButton, Button, Flex, List, ListItem } from "@patternfly/react-core";
import { useTranslation } from "react-i18next";
import type { Approval } from "../../api/types";
import { refusalText } from "../../api/wording";
import { caseTitle } from "./caseTitle";
import type { BulkResult } from "./useDecisions";

type Props = {
  /** Those that are marked and can be decided. */
  waiting: Approval[];
  isBusy: boolean;
  results: BulkResult[];
  onApprove: () => void;
  onClear: () => void;
  onClose: () => void;
};

/** Approves several at once, and says for each what became of it. */
export function Bulk({ waiting, isBusy, results, onApprove, onClear, onClose }: Props) {
  const { t } = useTranslation();
  const failed = results.filter(({ problem }) => problem).length;
  return (
    <div aria-live="polite" className="companion-bulk">
      {waiting.length > 0 && (
        <Flex>
          <Button variant="primary" isLoading={isBusy} isDisabled={isBusy} onClick={onApprove}>
            {t("approvals.approveMarked", { count: waiting.length })}
          </Button>
          <Button variant="link" isDisabled={isBusy} onClick={onClear}>
            {t("approvals.unmark")}
          </Button>
        </Flex>
      )}
      {results.length > 0 && (
        <Alert
          isInline
          component="p"
          variant={failed > 0 ? "warning" : "success"}
          title={t("approvals.bulkDone", { count: results.length, done: results.length - failed })}
          actionClose={<AlertActionCloseButton title={t("companion.close")} onClose={onClose} />}
        >
          <List>
            {results.map(({ approval, problem }) => (
              <ListItem key={approval.id}>
                {caseTitle(t, approval)}: {problem ? refusalText(t, problem) : t("approvals.bulkGood")}
              </ListItem>
            ))}
          </List>
        </Alert>
      )}
    </div>
  );
}
