import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { act } from "react";
import { describe, expect, it, vi } from "vitest";
import { renderPage, session } from "../test/render";
import { SessionEnd } from "./SessionEnd";

/** A session that ends when the test wants it. */
function endless() {
  let isEnded = false;
  let tell: () => void = () => undefined;
  const signIn = vi.fn();
  const its = { ...session, signIn, isEnded: () => isEnded, subscribe: (listener: () => void) => ((tell = listener), () => true) };
  const end = () =>
    act(() => {
      isEnded = true;
      tell();
    });
  return { its, signIn, end };
}

describe("the end of a session", () => {
  it("is told when it comes, and signs in again when the person wants it", async () => {
    const { its, signIn, end } = endless();
    renderPage(<SessionEnd />, "/", its);
    expect(screen.queryByRole("dialog")).toBeNull();
    end();
    await userEvent.click(await screen.findByRole("button", { name: "Sign in again" }));
    expect(signIn).toHaveBeenCalledTimes(1);
  });

  it("lets the person stay, with the way to sign in on the page", async () => {
    const { its, signIn, end } = endless();
    renderPage(<SessionEnd />, "/", its);
    end();
    await userEvent.click(await screen.findByRole("button", { name: "Stay on this page" }));
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(signIn).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole("button", { name: "Sign in again" }));
    expect(signIn).toHaveBeenCalledTimes(1);
  });
});
