import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { renderPage } from "../../test/render";
import { me, welcome } from "../../test/samples";
import { refuse, startServer } from "../../test/server";
import { pictureBytes, smallEnough, squareOf } from "./picture";
import { pauseFor } from "./useWelcome";
import { WelcomePage } from "./WelcomePage";

const withPicture = { "GET me": () => ({ body: { ...me, pictureUrl: "https://pictures.test/alice" } }) };

describe("the welcome page", () => {
  it("says who invited, what is ready and what still comes", async () => {
    startServer({ ...withPicture, "GET welcome": () => ({ body: welcome }) });
    renderPage(<WelcomePage />);
    expect(await screen.findByRole("heading", { name: "Welcome to Harbour Community" })).toBeVisible();
    expect(screen.getByText(/Alice Ahlers invited you/)).toBeVisible();
    expect(screen.getByText("Bringing you into your rooms: 1 of 2")).toBeVisible();
    expect(screen.getByText("you belong to it")).toBeVisible();
    expect(screen.getByRole("link", { name: "Open the chat app" })).toHaveAttribute("href", "https://chat.example.org/");
  });

  it("links the first steps to the web and to nothing else", async () => {
    startServer({ ...withPicture, "GET welcome": () => ({ body: welcome }) });
    renderPage(<WelcomePage />);
    expect(await screen.findByRole("link", { name: "Say hello" })).toBeVisible();
    expect(screen.getByText("Bring cake").closest("a")).toBeNull();
  });

  it("tells an account that wasn't invited that there is nothing to do", async () => {
    startServer({ ...withPicture, "GET welcome": () => refuse(404, "not_found") });
    renderPage(<WelcomePage />);
    expect(await screen.findByText("There is nothing to set up for your account", {}, { timeout: 30_000 })).toBeVisible();
  });

  it("waits a little for a registration that the companion has not heard of yet", async () => {
    let looks = 0;
    startServer({ ...withPicture, "GET welcome": () => (++looks < 3 ? refuse(404, "not_found") : { body: welcome }) });
    renderPage(<WelcomePage />);
    expect(await screen.findByText("Welcome to Harbour Community", {}, { timeout: 30_000 })).toBeVisible();
  });

  it("removes the picture", async () => {
    const calls = startServer({ ...withPicture, "GET welcome": () => ({ body: welcome }), "DELETE me/picture": () => ({ status: 204 }) });
    renderPage(<WelcomePage />);
    expect(await screen.findByRole("img", { name: "Your picture" })).toBeVisible();
    await userEvent.click(screen.getByRole("button", { name: "Remove" }));
    expect(await screen.findByRole("button", { name: "Choose a picture" })).toBeVisible();
    expect(calls.some(({ method }) => method === "DELETE")).toBe(true);
  });

  it("looks again soon while something is under way, and never after the end", () => {
    expect(pauseFor(welcome)).toBe(3000);
    expect(pauseFor({ status: "running", chatAccount: "stuck" })).toBe(30_000);
    expect(pauseFor({ status: "completed", chatAccount: "done" })).toBeNull();
  });
});

describe("a picture", () => {
  it("is cut to the largest square, where the person wants it", () => {
    expect(squareOf(800, 600, 0.5)).toEqual({ x: 100, y: 0, side: 600 });
    expect(squareOf(800, 600, 1)).toEqual({ x: 200, y: 0, side: 600 });
    expect(squareOf(600, 1000, 0)).toEqual({ x: 0, y: 0, side: 600 });
  });

  it("gets the best quality that fits", async () => {
    const tried: number[] = [];
    const encode = (quality: number) => {
      tried.push(quality);
      return Promise.resolve(new Blob([new Uint8Array(quality > 0.7 ? pictureBytes + 1 : pictureBytes)]));
    };
    expect((await smallEnough(encode)).size).toBe(pictureBytes);
    expect(tried).toEqual([0.9, 0.8, 0.65]);
  });

  it("is refused when nothing fits", async () => {
    await expect(smallEnough(() => Promise.resolve(null))).rejects.toThrow();
  });
});
