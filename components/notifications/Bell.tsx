import { IconBell } from "@tabler/icons-react";
import classes from "./Bell.module.css";
import { bellLabel, unreadCount } from "./unreadWords";
import { useUnread } from "./useUnread";

type BellProps = { onOpen: () => void; onPointerEnter: () => void };

/** The bell of the workspace's frame, with how much is unread. */
export function Bell({ onOpen, onPointerEnter }: BellProps) {
  const unread = useUnread();
  return (
    <button
      type="button"
      className={classes.bell}
      aria-label={bellLabel(unread)}
      aria-haspopup="dialog"
      onClick={onOpen}
      onPointerEnter={onPointerEnter}
    >
      <IconBell size={22} stroke={1.7} aria-hidden />
      {unread > 0 && (
        <span className={classes.count} aria-hidden="true">
          {unreadCount(unread)}
        </span>
      )}
    </button>
  );
}
