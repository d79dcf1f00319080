// What the page is made of. All of this folder runs in the browser.

export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`There is no #${id}.`);
  return found;
}

type Child = Node | string | null | false;

/** An element; text goes in as text, whatever it says. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter((child) => child !== null && child !== false));
  return element;
}

export function copyButton(text: string, label: string): HTMLButtonElement {
  const button = make("button", { type: "button", textContent: "Copy", ariaLabel: label });
  const say = (word: string, aloud: string) =>
    Object.assign(button, { textContent: word, ariaLabel: aloud });
  button.addEventListener("click", () => {
    void navigator.clipboard.writeText(text).then(
      () => say("Copied", "Copied"),
      () => say("Not copied", "Not copied"),
    );
    setTimeout(() => say("Copy", label), 2_000);
  });
  return button;
}
