"use client";

import "@mantine/spotlight/styles.css";
import { Loader, Modal, VisuallyHidden } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { createSpotlight, Spotlight } from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { useMember } from "@/components/workspace/MemberContext";
import { api } from "@/convex/_generated/api";
import { mayFindMore, searchWords } from "@/lib/search";
import classes from "./CommandPalette.module.css";
import { type Found, foundGroups, matchingPages } from "./paletteEntries";

/** Keys pressed together are one question; the answer is to be there within 100 ms of the last one. */
const PAUSE_MS = 40;

const [store, palette] = createSpotlight();

type CommandPaletteProps = { opened: boolean; onClose: () => void };

/** Search over what the member may read in the company, and over the workspace's pages. */
export function CommandPalette({ opened, onClose }: CommandPaletteProps) {
  const router = useRouter();
  const { can } = useMember();
  const [typed, setTyped] = useState("");
  const words = searchWords(typed);
  const [asked] = useDebouncedValue(words, PAUSE_MS);
  const answer = useAnswer(opened ? asked : "");
  const found = useLast(answer.status === "ready" ? answer.data : null, asked === "");
  const groups = [
    ...(words === "" || found === null ? [] : foundGroups(found)),
    { label: "Pages", entries: matchingPages(words, can) },
  ].filter(({ entries }) => entries.length > 0);
  const searching = words !== "" && (asked !== words || answer.status === "loading");

  useEffect(() => {
    if (opened) palette.open();
    else palette.close();
  }, [opened]);

  // What is found comes after the typing, so the first line is chosen anew: Enter opens it.
  const lines = groups.flatMap(({ entries }) => entries.map(({ href }) => href)).join(" ");
  useEffect(() => {
    if (opened) chooseFirst();
  }, [opened, lines]);

  return (
    <Spotlight.Root
      store={store}
      shortcut={null}
      query={typed}
      onQueryChange={setTyped}
      onSpotlightClose={onClose}
      scrollable
      maxHeight="min(460px, 70dvh)"
      radius="lg"
      centered={false}
      yOffset="12dvh"
      overlayProps={{ blur: 0 }}
    >
      <VisuallyHidden>
        <Modal.Title>Search</Modal.Title>
      </VisuallyHidden>
      <Spotlight.Search
        placeholder="Search for projects, people and pages"
        aria-label="Search"
        maxLength={200}
        leftSection={<IconSearch size={20} stroke={1.7} aria-hidden />}
        rightSection={searching ? <Loader size={18} aria-label="Searching" /> : null}
      />
      <Spotlight.ActionsList>
        {groups.map(({ label, entries }) => (
          <Spotlight.ActionsGroup key={label} label={label}>
            {entries.map(({ href, icon: Icon, title, detail, note }) => (
              <Spotlight.Action key={href} onClick={() => router.push(href)}>
                <Icon className={classes.icon} size={20} stroke={1.7} aria-hidden />
                <span className={classes.words}>
                  <bdi className={classes.title}>{title}</bdi>
                  {detail && <bdi className={classes.detail}>{detail}</bdi>}
                </span>
                {note && <span className={classes.note}>{note}</span>}
              </Spotlight.Action>
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {groups.length === 0 && !searching && answer.status !== "error" && (
          <Spotlight.Empty>Nothing here is called “{words}”.</Spotlight.Empty>
        )}
        {answer.status === "error" && (
          <Spotlight.Empty>The search does not answer. Try again in a moment.</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

/** Chooses the list's first line as the arrow keys would; Mantine does so only while one types. */
function chooseFirst(): void {
  const list = document.getElementById(store.getState().listId);
  list?.querySelector("[data-selected]")?.removeAttribute("data-selected");
  list?.querySelector("[data-action]")?.setAttribute("data-selected", "true");
  store.updateState((state) => ({ ...state, selected: 0 }));
}

/** What the words find, live. Letters after words that find nothing are no new question. */
function useAnswer(words: string) {
  const [fruitless, setFruitless] = useState<string | null>(null);
  const asked = fruitless === null || mayFindMore(words, fruitless) ? words : fruitless;
  const answer = useLiveQuery(api.search.find, asked !== "" ? { words: asked } : "skip");
  if (asked !== "" && answer.status === "ready") {
    const foundNothing = Object.values(answer.data).every((found) => found.length === 0);
    if (foundNothing !== (fruitless === asked)) setFruitless(foundNothing ? asked : null);
  }
  return answer;
}

/** The last answer, while the next one is on its way: the list does not blink with each letter. */
function useLast(answer: Found | null, forget: boolean): Found | null {
  const [last, setLast] = useState<Found | null>(null);
  if (answer !== null && answer !== last) setLast(answer);
  if (forget && last !== null) setLast(null);
  return forget ? null : (answer ?? last);
}
