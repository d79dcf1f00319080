import { Menu } from "@mantine/core";
import { IconArrowsExchange, IconCheck } from "@tabler/icons-react";
import { useRef, useState } from "react";
import type { Id } from "@/convex/_generated/dataModel";
import { openStages } from "../openStages";
import type { Stage } from "../types";
import classes from "./Board.module.css";

type MoveMenuProps = {
  name: string;
  stages: Stage[];
  stageId: Id<"pipelineStages">;
  onMove: (to: Stage) => void;
};

/**
 * Where a card can go, as a menu: for thumbs and for those who do not drag. A board shows hundreds
 * of these buttons, so each is a plain one, and its menu is made when it is first opened.
 */
export function MoveMenu({ name, stages, stageId, onMove }: MoveMenuProps) {
  const [made, setMade] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const target = (
    <button
      type="button"
      ref={button}
      className={classes.tool}
      aria-label={`Move ${name} to …`}
      aria-haspopup="menu"
      onClick={made ? undefined : () => setMade(true)}
    >
      <IconArrowsExchange size={16} aria-hidden />
    </button>
  );
  if (!made) return target;
  // The first opening replaces the button, so the focus is given back here.
  const giveBack = () => document.activeElement === document.body && button.current?.focus();
  return (
    <Menu
      defaultOpened
      onExitTransitionEnd={giveBack}
      position="bottom-end"
      width={230}
      portalProps={{ target: "#content" }}
    >
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        {openStages(stages).map((stage) => (
          <Menu.Item
            key={stage._id}
            aria-current={stage._id === stageId || undefined}
            rightSection={stage._id === stageId && <IconCheck size={15} aria-hidden />}
            onClick={() => onMove(stage)}
          >
            {stage.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
