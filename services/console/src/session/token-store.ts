/** Of this tab only, and gone with it. GraphiQL reads the same entry. */
const tokenKey = 'consilium.token';

export function readToken(): string | undefined {
  return sessionStorage.getItem(tokenKey) ?? undefined;
}

export function keepToken(token: string): void {
  sessionStorage.setItem(tokenKey, token);
}

export function forgetToken(): void {
  sessionStorage.removeItem(tokenKey);
}

/** Pasted with line breaks, quotes or the word Bearer, a token is still that token. */
export function cleanToken(pasted: string): string {
  return pasted
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/^bearer /i, '')
    .replaceAll(/["'\s]/g, '');
}

/** The token of a link `/#token=...`, which `npm start` prints for each person. */
export function tokenOfFragment(fragment: string): string | undefined {
  const token = new URLSearchParams(fragment.replace(/^#\/?/, '')).get('token');
  return token === null || token === '' ? undefined : cleanToken(token);
}

/**
 * Moves a token from the address bar into the store. The entry of the history is replaced, so that neither the bar, nor
 * the back button, nor a copied address shows it.
 *
 * @returns whether there was one.
 */
export function takeTokenFromAddress(): boolean {
  const token = tokenOfFragment(window.location.hash);
  if (token === undefined) return false;
  keepToken(token);
  history.replaceState(null, '', `${window.location.pathname}${window.location.search}#/`);
  return true;
}
