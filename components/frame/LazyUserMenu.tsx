"use client";

import { lazy, Suspense, useState } from "react";
import { type Person, UserButton } from "./UserButton";

const load = async () => ({ default: (await import("./UserMenu")).UserMenu });
const UserMenu = lazy(load);

/** The user menu, whose code comes when somebody reaches for it: no page needs it to start. */
export function LazyUserMenu({ person }: { person: Person }) {
  const [wanted, setWanted] = useState(false);
  const closed = <UserButton person={person} aria-expanded={false} />;
  if (wanted) {
    return (
      <Suspense fallback={closed}>
        <UserMenu person={person} />
      </Suspense>
    );
  }
  const fetchAhead = () => void load();
  return (
    <UserButton
      person={person}
      aria-expanded={false}
      onPointerEnter={fetchAhead}
      onFocus={fetchAhead}
      onClick={() => setWanted(true)}
    />
  );
}
