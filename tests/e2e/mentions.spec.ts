import type { Page } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll } from "./support/accessible.ts";
import { createProject, signIn, undoOf } from "./support/actions.ts";
import { expect, test } from "./support/test.ts";

const bell = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true });

test("a mention rings the bell of the right person only, live, and leads to the note", async ({
  page,
  newBrowser,
  newCompany,
  newColleague,
}) => {
  const ours = await newCompany("Ours Solar");
  const theirs = await newCompany("Theirs Solar");
  const ines = await newColleague(ours, ["Installer"], "Ines Vega");
  const olga = await newColleague(ours, ["Sales"], "Olga Lind");
  await signIn(page, ours);
  const [inesPage, olgaPage, stranger] = [
    await newBrowser(),
    await newBrowser(),
    await newBrowser(),
  ];
  await signIn(inesPage, ines);
  await signIn(olgaPage, olga);
  await signIn(stranger, theirs);

  await createProject(page, "Elm roof");
  const note = page.getByRole("textbox", { name: "New note" });
  await note.fill("See https://a.example and ask ");
  await note.press("End");
  await note.pressSequentially("@ine");
  const people = page.getByRole("listbox", { name: "Mention" });
  await expect(people.getByRole("option", { name: "Ines Vega" })).toBeVisible();
  await expect(people.getByRole("option", { name: "Olga Lind" })).toHaveCount(0);
  await note.press("Enter");
  await expect(note).toHaveValue("See https://a.example and ask @Ines Vega ");

  // What was begun is there again after a reload.
  await page.reload();
  await expect(note).toHaveValue("See https://a.example and ask @Ines Vega ");
  await page.getByRole("button", { name: "Post note" }).click();
  const notes = page.getByRole("list", { name: "Notes" });
  await expect(notes).toContainText("@Ines Vega");
  await expect(note).toHaveValue("");
  await expect(notes.getByRole("link")).toHaveAttribute("rel", /noopener/);

  await expect(bell(inesPage, "Notifications, 1 unread")).toBeVisible();
  await bell(inesPage, "Notifications, 1 unread").click();
  const inbox = inesPage.getByRole("dialog", { name: "Notifications" });
  await expect(
    inbox.getByRole("link", { name: /Ada Tester mentioned you in Elm roof/ }),
  ).toBeVisible();
  await expectAccessible(inesPage);
  await inbox.getByRole("link", { name: /mentioned you/ }).click();
  await expect(inesPage.getByRole("heading", { level: 1, name: "Elm roof" })).toBeVisible();
  await expect(bell(inesPage, "Notifications")).toBeVisible();
  await expect(inesPage.getByRole("list", { name: "Notes" })).toContainText("@Ines Vega");
  // Another's note is not hers to change or delete.
  await expect(inesPage.getByRole("button", { name: /this note/ })).toHaveCount(0);

  await expect(bell(olgaPage, "Notifications")).toBeVisible();
  await expect(bell(stranger, "Notifications")).toBeVisible();
  await stranger.goto(new URL(page.url()).pathname);
  await expect(stranger.getByRole("heading", { name: "Project not found" })).toBeVisible();
});

test("a task is added, assigned, seen by whom it is due to, checked off and taken back", async ({
  page,
  newBrowser,
  newCompany,
  newColleague,
}) => {
  const company = await newCompany();
  const ines = await newColleague(company, ["Sales"], "Ines Vega");
  await signIn(page, company);
  const inesPage = await newBrowser();
  await inesPage.setViewportSize({ width: 390, height: 844 });
  await signIn(inesPage, ines);
  await expect(inesPage.getByText("Tasks that are assigned to you appear here.")).toBeVisible();

  await createProject(page, "Elm roof");
  const title = page.getByRole("textbox", { name: "New task" });
  await title.press("Enter");
  await expect(page.getByText("Say what is to be done.")).toBeVisible();
  await title.fill("Order the modules");
  await page.getByLabel("Due", { exact: true }).fill("2026-01-05");
  await page.getByRole("combobox", { name: "Assigned to" }).selectOption("Ines Vega");
  await title.press("Enter");
  await expect(title).toHaveValue("");
  const open = page.getByRole("list", { name: "Open tasks" });
  await expect(open.getByRole("checkbox", { name: "Order the modules" })).toBeVisible();
  await expect(open).toContainText("Overdue since Jan 5, 2026");
  await expect(open).toContainText("Ines Vega");
  await expectAccessible(page);

  // The change is in place: Escape leaves it, Enter saves.
  await open.getByRole("button", { name: "Change the task Order the modules" }).click();
  await page.getByRole("textbox", { name: "Task", exact: true }).press("Escape");
  await open.getByRole("button", { name: "Change the task Order the modules" }).click();
  await page.getByRole("textbox", { name: "Task", exact: true }).fill("Order 24 modules");
  await page.getByRole("textbox", { name: "Task", exact: true }).press("Enter");
  const task = inesPage.getByRole("checkbox", { name: "Order 24 modules" });
  await expect(task).toBeVisible();

  await bell(inesPage, "Notifications, 1 unread").click();
  await inesPage.getByRole("button", { name: "Mark all as read" }).click();
  await expect(inesPage.getByRole("button", { name: "Mark all as read" })).toHaveCount(0);
  await inesPage.keyboard.press("Escape");
  await inesPage.goto("/tasks");
  await expect(task).toBeVisible();
  await expectNoSidewaysScroll(inesPage);
  await expectAccessible(inesPage);
  // The task leaves the list with the click, so there is no checked box to wait for.
  await task.click();
  await expect(page.getByText("Nothing is to be done.")).toBeVisible();
  await page.getByRole("button", { name: "Show what is done" }).click();
  await expect(page.getByRole("list", { name: "Done tasks" })).toContainText("by Ines Vega");
  await undoOf(inesPage, "Done: “Order 24 modules”.").click();
  await expect(open).toContainText("Order 24 modules");

  await open.getByRole("button", { name: "Remove the task Order 24 modules" }).click();
  await expect(inesPage.getByRole("heading", { name: "Nothing to do" })).toBeVisible();
  await undoOf(page, "Removed “Order 24 modules”.").click();
  await expect(task).toBeVisible();
});
