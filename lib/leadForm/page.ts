import type { AnswerField } from "./answers.ts";
import { Html, html } from "./html.ts";
import { FORM_STYLE } from "./style.ts";

/**
 * A field that people do not see, and machines fill in. Its name is none that browsers and
 * password managers know: what they fill in for a person must not be taken for a machine's.
 */
export const TRAP_FIELD = "second_message";

/** What a handed-out form carries beside its fields, in hidden ones. */
export const HIDDEN_FIELDS = ["opened", "sending", "seal"] as const;
export type HiddenFields = Record<(typeof HIDDEN_FIELDS)[number], string>;

export type FormView = {
  companyName: string;
  hidden: HiddenFields;
  values: Partial<Record<AnswerField, string>>;
  errors: Partial<Record<AnswerField, string>>;
  /** What stands above the fields when the last sending was not taken. */
  problem: string | null;
};

type Field = {
  name: AnswerField;
  label: string;
  type: "text" | "email" | "tel" | "textarea";
  autocomplete: string;
  hint?: string;
};

const FIELDS: readonly Field[] = [
  { name: "name", label: "Your name", type: "text", autocomplete: "name" },
  {
    name: "email",
    label: "E-mail",
    type: "email",
    autocomplete: "email",
    hint: "or a phone number",
  },
  { name: "phone", label: "Phone", type: "tel", autocomplete: "tel", hint: "or an e-mail address" },
  {
    ...({ name: "address", label: "Address of the building", type: "text" } as const),
    ...{ autocomplete: "street-address", hint: "optional" },
  },
  {
    ...({ name: "message", label: "Anything that we should know?", type: "textarea" } as const),
    ...{ autocomplete: "off", hint: "optional" },
  },
];

/** The form itself. Works without any script: it posts to its own address. */
export function formPage(
  { companyName, hidden, values, errors, problem }: FormView,
  nonce: string,
) {
  return wholePage(
    { title: `Request a solar quote from ${companyName}`, nonce },
    html`<h1>Request a solar quote</h1>
      <p class="soft">${companyName} will get back to you.</p>
      ${problem === null ? null : html`<p class="alert" role="alert">${problem}</p>`}
      <form method="post" novalidate>
        ${FIELDS.map((field) => fieldOf(field, values[field.name] ?? "", errors[field.name]))}
        <div class="trap" aria-hidden="true">
          <label for="${TRAP_FIELD}">Leave this empty</label>
          <input id="${TRAP_FIELD}" name="${TRAP_FIELD}" tabindex="-1" autocomplete="off" />
        </div>
        ${HIDDEN_FIELDS.map((name) => html`<input type="hidden" name="${name}" value="${hidden[name]}" />`)}
        <button>Send the request</button>
      </form>`,
    html`What you enter goes to ${companyName} and nobody else.`,
  );
}

export function thanksPage(companyName: string, nonce: string): string {
  return wholePage(
    { title: `Thank you · ${companyName}`, nonce },
    html`<h1>Thank you</h1>
      <p>Your request has arrived. ${companyName} will get back to you.</p>`,
  );
}

/** For every form that takes no requests, whatever the reason. */
export function unavailablePage(nonce: string): string {
  return wholePage(
    { title: "Form not available", nonce },
    html`<h1>This form is not available</h1>
      <p>Please contact the company in another way.</p>`,
  );
}

/** For a form that would be there, but nothing could be read or written just now. */
export function troublePage(nonce: string): string {
  return wholePage(
    { title: "Please try again", nonce },
    html`<h1>Please try again in a minute</h1>
      <p>The form cannot be reached at the moment.</p>`,
  );
}

function fieldOf(field: Field, value: string, error: string | undefined): Html {
  const { name, label, type, autocomplete, hint } = field;
  const attributes = html`id="${name}" name="${name}"
  autocomplete="${autocomplete}"${name === "name" ? html` required` : null}${error === undefined ? null : html` aria-invalid="true" aria-describedby="${name}-wrong"`}`;
  return html`<div class="field">
    <label for="${name}"
      >${label}${hint === undefined ? null : html` <span>(${hint})</span>`}</label
    >
    ${type === "textarea" ? html`<textarea ${attributes}>${value}</textarea>` : html`<input type="${type}" value="${value}" ${attributes} />`}
    ${error === undefined ? null : html`<p class="wrong" id="${name}-wrong">${error}</p>`}
  </div>`;
}

function wholePage(head: { title: string; nonce: string }, main: Html, footer?: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${head.title}</title>
        <style nonce="${head.nonce}">
          ${new Html(FORM_STYLE)}
        </style>
      </head>
      <body>
        <main>${main}</main>
        <footer>${footer ? html`${footer}<br />` : null}Made with Sunup</footer>
      </body>
    </html>`.text;
}
