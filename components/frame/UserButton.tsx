import { IconSelector } from "@tabler/icons-react";
import type { ComponentPropsWithRef } from "react";
import classes from "./UserButton.module.css";

/** Who is signed in. */
export type Person = { name: string; email: string };

type UserButtonProps = ComponentPropsWithRef<"button"> & { person: Person };

/** The person's name at the sidebar's foot, which opens the user menu. */
export function UserButton({ person, ...props }: UserButtonProps) {
  return (
    <button type="button" aria-haspopup="menu" {...props} className={classes.button}>
      <span className={classes.initials} aria-hidden="true">
        {initials(person.name)}
      </span>
      <span className={classes.who}>
        <span className={classes.name} dir="auto">
          {person.name}
        </span>
        <span className={classes.email}>{person.email}</span>
      </span>
      <IconSelector size={16} aria-hidden />
    </button>
  );
}

/** The first letters of the first and last word, whole code points so that no script is cut. */
function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0] ?? "";
  const last = words.length > 1 ? (words[words.length - 1] ?? "") : "";
  return [first, last].map((word) => [...word][0] ?? "").join("");
}
