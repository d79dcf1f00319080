import { IconSearch } from "@tabler/icons-react";
import classes from "./SearchButton.module.css";

type SearchButtonProps = {
  /** A bare icon, for the phone's top bar. */
  compact?: boolean;
  onOpen: () => void;
  /** Called when somebody reaches for the button. */
  onReach: () => void;
};

/** Opens the command palette. */
export function SearchButton({ compact = false, onOpen, onReach }: SearchButtonProps) {
  return (
    <button
      type="button"
      className={compact ? classes.compact : classes.button}
      aria-label={compact ? "Search" : undefined}
      aria-haspopup="dialog"
      aria-keyshortcuts="Control+K Meta+K"
      onPointerEnter={onReach}
      onFocus={onReach}
      onClick={onOpen}
    >
      <IconSearch size={compact ? 22 : 18} stroke={1.8} aria-hidden />
      {!compact && (
        <>
          <span className={classes.label}>Search</span>
          <kbd className={classes.keys} aria-hidden>
            Ctrl K
          </kbd>
        </>
      )}
    </button>
  );
}
