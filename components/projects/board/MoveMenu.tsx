"use client";

import { ActionIcon, Menu } from "@mantine/core";
import { IconArrowsExchange, IconCheck } from "@tabler/icons-react";
import type { Id } from "@/convex/_generated/dataModel";
import { openStages } from "../openStages";
import type { Stage } from "../types";

type MoveMenuProps = {
  name: string;
  stages: Stage[];
  stageId: Id<"pipelineStages">;
  onMove: (to: Stage) => void;
};

/** Where a card can go, as a menu: for thumbs and for those who do not drag. */
export function MoveMenu({ name, stages, stageId, onMove }: MoveMenuProps) {
  return (
    <Menu position="bottom-end" width={230} portalProps={{ target: "#content" }}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={28} aria-label={`Move ${name} to …`}>
          <IconArrowsExchange size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
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
