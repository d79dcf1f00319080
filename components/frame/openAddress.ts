/**
 * Which of these addresses a page belongs to: "/projects/x" to "/projects", "/projectsheet" not.
 * The longest one counts: "/settings/team" is Team's, all else under "/settings" is Settings'.
 */
export function openAddress(hrefs: readonly string[], pathname: string): string | undefined {
  return hrefs
    .filter((href) => pathname === href || pathname.startsWith(`${href}/`))
    .sort((a, b) => b.length - a.length)[0];
}
