import { dark, lake, sun } from "../../../lib/palette";

/** Fonts that every mailbox has: web fonts load in few, and tell the sender who reads. */
export const SANS = "system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";

/**
 * Colours for mailboxes that follow the reader's dark scheme. Styles stand on the elements,
 * as most mailboxes demand, so these have to outrank them; a mailbox that knows no media
 * queries shows the light letter, which is complete.
 */
export const DARK_SCHEME = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .canvas, .canvas > table > tbody > tr > td { background-color: ${dark[8]} !important; }
  .sheet { background-color: ${dark[7]} !important; border-color: ${dark[5]} !important; }
  .strong { color: ${dark[0]} !important; }
  .soft { color: ${dark[2]} !important; }
  .link { color: ${lake[3]} !important; }
  .line { border-color: ${dark[5]} !important; }
  .horizon { background-color: ${dark[0]} !important; }
  .facts { background-color: ${dark[6]} !important; }
  .notice { background-color: ${dark[6]} !important; border-color: ${sun[6]} !important; }
}
@media (max-width: 480px) {
  .sheet > tbody > tr > td { padding: 0 !important; }
  .sheet { padding: 22px 18px 18px !important; }
  .action { display: block !important; text-align: center !important; }
}
`;
