"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { UserButton } from "./UserButton";

const load = () => import("./UserMenu").then((module) => module.UserMenu);
const UserMenu = dynamic(load, { loading: () => <UserButton aria-expanded={false} /> });

/** The user menu, whose code comes when somebody reaches for it: no page needs it to start. */
export function LazyUserMenu() {
  const [wanted, setWanted] = useState(false);
  if (wanted) return <UserMenu />;
  const fetchAhead = () => void load();
  return (
    <UserButton
      aria-expanded={false}
      onPointerEnter={fetchAhead}
      onFocus={fetchAhead}
      onClick={() => setWanted(true)}
    />
  );
}
