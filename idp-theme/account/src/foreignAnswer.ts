/**
 * Registering ends on a page of the console with a code for another client. Unlike the console's own it came without a state; it is of
 * no use here and goes out of the address.
 */
export function dropForeignAnswer(): void {
  const address = new URL(window.location.href);
  const { searchParams } = address;
  if (searchParams.has("code") && !searchParams.has("state")) {
    ["code", "session_state", "iss"].forEach((name) => searchParams.delete(name));
    window.history.replaceState(window.history.state, "", address);
  }
}
