/**
 * Whoever has just registered comes back with the answer to the registration's own request. Unlike the console's it has no state, and
 * Keycloak takes no address with such an answer in it to return to after the sign-in. Says where to start in its place.
 */
export function landingOf(address: URL, home: string): string | undefined {
  const { searchParams } = address;
  const isForeign = searchParams.has("code") && !searchParams.has("state");
  return isForeign ? `${home.replace(/\/$/, "")}/welcome` : undefined;
}
