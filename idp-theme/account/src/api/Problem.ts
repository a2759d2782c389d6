import type { ProblemDetails, Refusal } from "./types";

/** A refusal of the companion, or that it could not be reached (status 0). */
export class Problem extends Error implements Refusal {
  readonly status: number;
  readonly code: string | null;
  readonly field: string | null;
  readonly argument: string | null;

  constructor(refusal: Refusal & { status: number }) {
    super(refusal.message ?? "");
    this.name = "Problem";
    this.status = refusal.status;
    this.code = refusal.code;
    this.field = refusal.field;
    this.argument = refusal.argument;
  }

  /** The same request may succeed later as it is. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 401 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

export async function problemOf(response: Response): Promise<Problem> {
  const details = await detailsOf(response);
  return new Problem({
    status: response.status,
    code: details.code ?? codeOf(response.status),
    message: details.title ?? response.statusText,
    field: details.field ?? null,
    argument: details.argument ?? null,
  });
}

export function unreachable(): Problem {
  return new Problem({ status: 0, code: "unreachable", message: "There is no answer right now.", field: null, argument: null });
}

/** A refusal that the page makes by itself, in the companion's codes. */
export function refusalOf(code: string, field: string | null = null, argument: string | null = null): Refusal {
  return { code, message: null, field, argument };
}

/** Anything thrown, as a problem that can be shown. What is no refusal is a mistake of ours, and goes to the browser's console whole. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) {
    return error;
  }
  console.error(error);
  return new Problem({ status: -1, code: "internal", message: String(error), field: null, argument: null });
}

async function detailsOf(response: Response): Promise<Partial<ProblemDetails>> {
  try {
    return (await response.json()) as Partial<ProblemDetails>;
  } catch {
    return {};
  }
}

// A proxy in between answers without a code.
function codeOf(status: number): string {
  const known: Record<number, string> = {
    401: "unauthenticated",
    403: "forbidden",
    404: "not_found",
    413: "request_too_large",
    429: "too_many_requests",
    502: "companion_unavailable",
    503: "companion_unavailable",
    504: "companion_unavailable",
  };
  return known[status] ?? "internal";
}
