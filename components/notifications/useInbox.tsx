import dynamic from "next/dynamic";
import { useLazyDisclosure } from "@/components/ui/useLazyDisclosure";

const load = () => import("./Inbox").then((module) => module.Inbox);
const Inbox = dynamic(load);

/** The member's notifications in a drawer, whose code comes when somebody reaches for the bell. */
export function useInbox() {
  const { wanted, opened, open, close } = useLazyDisclosure();
  return {
    open,
    fetchAhead: () => void load(),
    drawer: wanted && <Inbox opened={opened} onClose={close} />,
  };
}
