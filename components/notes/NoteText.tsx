import { noteText, type NotePart, withLinks } from "@/lib/notes";
import classes from "./Notes.module.css";

/** What a note says: text as text, mentions marked, and addresses of the web as links. */
export function NoteText({ parts }: { parts: readonly NotePart[] }) {
  return (
    <p className={classes.text} dir="auto">
      {parts.map((part, place) =>
        "text" in part ? (
          // Parts of a note have no names; they never change places.
          <Linked key={place} text={part.text} />
        ) : (
          <span key={place} className={classes.mention}>
            <bdi>{noteText([part])}</bdi>
          </span>
        ),
      )}
    </p>
  );
}

function Linked({ text }: { text: string }) {
  return withLinks(text).map((piece, place) =>
    piece.href === undefined ? (
      piece.text
    ) : (
      <a
        key={place}
        className={classes.link}
        href={piece.href}
        target="_blank"
        rel="noopener noreferrer nofollow ugc"
      >
        {piece.text}
      </a>
    ),
  );
}
