import { useState } from "react";
import { useApi } from "../../api/ApiContext";
import { toProblem } from "../../api/Problem";
import type { Refusal } from "../../api/types";
import { isMatrixId } from "./matrixId";

export type Step = { name: "asking" } | { name: "confirming"; expiresAt: string } | { name: "connected"; matrixId: string };

const malformed: Refusal = { code: "matrix_id_malformed", message: null, field: "matrixId", argument: null };

/** First the account's id, then the code that the bot sent to it. */
export function useChatConnection() {
  const api = useApi();
  const [step, setStep] = useState<Step>({ name: "asking" });
  const [refusal, setRefusal] = useState<Refusal>();
  const [isBusy, setBusy] = useState(false);

  const attempt = async (action: () => Promise<Step>) => {
    setBusy(true);
    setRefusal(undefined);
    try {
      setStep(await action());
    } catch (error) {
      setRefusal(toProblem(error));
    } finally {
      setBusy(false);
    }
  };

  return {
    step,
    refusal,
    isBusy,
    request: (matrixId: string) =>
      isMatrixId(matrixId)
        ? void attempt(async () => ({ name: "confirming", expiresAt: (await api.requestChatCode(matrixId)).expiresAt }))
        : setRefusal(malformed),
    confirm: (matrixId: string, code: string) =>
      void attempt(async () => ({ name: "connected", matrixId: (await api.confirmChatCode(matrixId, code)).matrixId })),
    restart: () => {
      setRefusal(undefined);
      setStep({ name: "asking" });
    },
  };
}
