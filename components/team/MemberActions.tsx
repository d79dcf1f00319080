"use client";

import { ActionIcon, Menu } from "@mantine/core";
import { IconDots, IconShieldCog, IconUserCheck, IconUserOff } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useLazyDisclosure } from "@/components/ui/useLazyDisclosure";
import type { TeamMember } from "./types";
import { useMemberAccess } from "./useMemberAccess";

const RolesDialog = dynamic(() => import("./RolesDialog").then((m) => m.RolesDialog));
const TurnOffDialog = dynamic(() => import("./TurnOffDialog").then((m) => m.TurnOffDialog));

/** What an administrator can do about a member. The server asks again. */
export function MemberActions({ member, isYou }: { member: TeamMember; isYou: boolean }) {
  const roles = useLazyDisclosure();
  const turningOff = useLazyDisclosure();
  const { turnOff, turnOn } = useMemberAccess(member);
  const active = member.status === "active";
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={`What to do about ${member.name}`}
          >
            <IconDots size={20} stroke={1.8} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconShieldCog size={17} stroke={1.7} aria-hidden />}
            onClick={roles.open}
          >
            Change roles
          </Menu.Item>
          {active && !isYou && (
            <Menu.Item
              color="red"
              leftSection={<IconUserOff size={17} stroke={1.7} aria-hidden />}
              onClick={turningOff.open}
            >
              Turn off access
            </Menu.Item>
          )}
          {!active && member.accountDeletedAt === undefined && member.lock === undefined && (
            <Menu.Item
              leftSection={<IconUserCheck size={17} stroke={1.7} aria-hidden />}
              onClick={() => void turnOn()}
            >
              Turn on access
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {roles.wanted && (
        <RolesDialog member={member} isYou={isYou} opened={roles.opened} onClose={roles.close} />
      )}
      {turningOff.wanted && (
        <TurnOffDialog
          name={member.name}
          opened={turningOff.opened}
          onClose={turningOff.close}
          onConfirm={() => void turnOff()}
        />
      )}
    </>
  );
}
