import { useHotkeys } from "@mantine/hooks";
import dynamic from "next/dynamic";
import { useLazyDisclosure } from "@/components/ui/useLazyDisclosure";

const load = () => import("./CommandPalette").then((module) => module.CommandPalette);
const CommandPalette = dynamic(load);

/**
 * The workspace's one command palette, which Ctrl+K (⌘K) opens from everywhere, fields
 * included. Its code comes with the first opening, or ahead with `fetchAhead`.
 */
export function useCommandPalette() {
  const { wanted, opened, open, close } = useLazyDisclosure();
  useHotkeys([["mod+K", open]], []);
  return {
    open,
    fetchAhead: () => void load(),
    palette: wanted && <CommandPalette opened={opened} onClose={close} />,
  };
}
