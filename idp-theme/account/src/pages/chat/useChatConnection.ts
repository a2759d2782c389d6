import { useCallback, useRef, useState } from "react";
import { useApi } from "../../api/ApiContext";
import { type Problem, refusalOf, toProblem } from "../../api/Problem";
import type { MatrixConnection, PendingCode, Refusal } from "../../api/types";
import { type Pause, useLoop } from "../../parts/useLoop";
import { isMatrixId } from "./matrixId";

type Step =
  | { name: "asking" }
  | { name: "sending"; matrixId: string }
  | { name: "confirming"; pending: PendingCode }
  | { name: "connected"; matrixId: string };

/** What is shown in place of the code that is pending. */
type Aside = "asking" | "connected";

const quick = 2000;
const slow = 30_000;

const refuse = (code: string): Refusal => refusalOf(code, "matrixId");

/** First the account's id, then the code that the bot sent to it; what the companion knows of both outlives the page. */
export function useChatConnection() {
  const api = useApi();
  const [connection, setConnection] = useState<MatrixConnection>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [isBusy, setBusy] = useState(false);
  const [typed, setTyped] = useState<string>();
  const [aside, setAside] = useState<Aside>();
  const isLoaded = useRef(false);

  const learn = useCallback(({ matrixId, pending }: MatrixConnection) => {
    if (!isLoaded.current && pending && new Date(pending.expiresAt) <= new Date()) {
      setAside(matrixId ? "connected" : "asking");
    }
    isLoaded.current = true;
    // Typed before a reload, and kept when the companion forgets the code.
    setTyped((typed) => typed ?? pending?.matrixId);
    setConnection({ matrixId, pending });
  }, []);
  const { problem, reload } = useLook(learn);

  const attempt = async (action: () => Promise<void>) => {
    setBusy(true);
    setRefusal(undefined);
    try {
      await action();
      // Also so that what was asked before doesn't come late and show the state before.
      reload();
    } catch (error) {
      setRefusal(toProblem(error));
    } finally {
      setBusy(false);
    }
  };
  const show = (aside: Aside) => {
    setRefusal(undefined);
    setAside(aside);
  };
  const failure = aside === undefined ? connection?.pending?.failure : undefined;

  return {
    /** Undefined until the companion has said what it knows. */
    step: connection && stepOf(connection, aside),
    /** The account that is connected so far, also while another is asked for. */
    connected: connection?.matrixId ?? null,
    typed: typed ?? "",
    problem,
    refusal: refusal ?? (failure ? refuse(failure) : undefined),
    isBusy,
    reload,
    type: setTyped,
    request: (matrixId: string) =>
      isMatrixId(matrixId)
        ? void attempt(async () => {
            setConnection(await api.requestChatCode(matrixId));
            setAside(undefined);
          })
        : setRefusal(refuse("matrix_id_malformed")),
    confirm: (matrixId: string, code: string) =>
      void attempt(async () => {
        setConnection(await api.confirmChatCode(matrixId, code));
        setTyped(undefined);
      }),
    disconnect: () =>
      void attempt(async () => {
        await api.disconnectChat();
        setConnection((connection) => connection && { ...connection, matrixId: null });
        setAside("asking");
      }),
    ask: () => show("asking"),
    cancel: () => show("connected"),
  };
}

/** Asks what the companion knows, again and again while a code is being sent. */
function useLook(learn: (connection: MatrixConnection) => void) {
  const api = useApi();
  const [problem, setProblem] = useState<Problem>();
  const look = useCallback(
    async (signal: AbortSignal): Promise<Pause> => {
      try {
        const connection = await api.chatConnection(signal);
        if (signal.aborted) {
          return null;
        }
        learn(connection);
        setProblem(undefined);
        return connection.pending?.status === "requested" ? quick : null;
      } catch (error) {
        if (signal.aborted) {
          return null;
        }
        const problem = toProblem(error);
        setProblem(problem);
        return problem.isPassing ? slow : null;
      }
    },
    [api, learn],
  );
  return { problem, reload: useLoop(look) };
}

function stepOf({ matrixId, pending }: MatrixConnection, aside: Aside | undefined): Step {
  const current = aside ? null : pending;
  if (current?.status === "requested") {
    return { name: "sending", matrixId: current.matrixId };
  }
  if (current?.status === "sent") {
    return { name: "confirming", pending: current };
  }
  return matrixId !== null && aside !== "asking" && !current ? { name: "connected", matrixId } : { name: "asking" };
}
