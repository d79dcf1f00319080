import { dark, gray, lake, red, sun } from "../palette.ts";

/** The looks of a public form: Sunup's colours, without any script or file of the app. */
export const FORM_STYLE = `
:root { color-scheme: light dark; --ink: ${gray[9]}; --soft: ${gray[6]}; --line: ${gray[5]};
  --card: #fff; --page: ${gray[0]}; --wrong: ${red[7]}; --focus: ${lake[6]}; }
@media (prefers-color-scheme: dark) {
  :root { --ink: ${dark[0]}; --soft: ${dark[2]}; --line: ${dark[3]}; --card: ${dark[7]};
    --page: ${dark[8]}; --wrong: ${red[3]}; --focus: ${sun[4]}; }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 16px; background: var(--page); color: var(--ink);
  font: 16px/1.5 ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 520px; margin: 0 auto; padding: 24px; background: var(--card);
  border-top: 5px solid ${sun[6]}; border-radius: 10px; box-shadow: 0 1px 4px rgb(0 0 0 / 12%); }
h1 { margin: 0 0 4px; font-size: 24px; line-height: 1.25; overflow-wrap: anywhere; }
p { margin: 0 0 16px; overflow-wrap: anywhere; }
.soft, footer { color: var(--soft); font-size: 14px; }
.field { margin: 0 0 16px; }
label { display: block; margin: 0 0 4px; font-weight: 600; }
label span { color: var(--soft); font-weight: 400; }
input, textarea { width: 100%; padding: 10px 12px; border: 1px solid var(--line); border-radius: 8px;
  background: var(--card); color: inherit; font: inherit; }
textarea { min-height: 96px; resize: vertical; }
[aria-invalid] { border: 2px solid var(--wrong); }
.wrong { margin: 4px 0 0; color: var(--wrong); font-size: 14px; }
.alert { margin: 0 0 16px; padding: 10px 14px; border: 1px solid var(--wrong);
  border-left-width: 5px; border-radius: 6px; }
button { width: 100%; padding: 12px 20px; border: 0; border-radius: 9px; background: ${sun[6]};
  color: ${gray[9]}; font: inherit; font-weight: 650; cursor: pointer; }
button:hover { background: ${sun[5]}; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.trap { position: absolute; left: -9999px; width: 1px; height: 1px; overflow: hidden; }
footer { max-width: 520px; margin: 12px auto 0; text-align: center; }
`;
