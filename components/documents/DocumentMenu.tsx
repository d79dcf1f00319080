"use client";

import { ActionIcon, Menu } from "@mantine/core";
import { IconDots, IconDownload, IconPencil, IconTrash } from "@tabler/icons-react";
import { useMutation } from "convex/react";
import dynamic from "next/dynamic";
import { toastError, toastUndo } from "@/components/ui/toasts";
import { useLazyDisclosure } from "@/components/ui/useLazyDisclosure";
import { api } from "@/convex/_generated/api";
import { changeListed } from "./optimisticDocuments";
import type { ListedDocument } from "./types";

const RenameDialog = dynamic(() => import("./RenameDialog").then((m) => m.RenameDialog));

type DocumentMenuProps = { document: ListedDocument; editable: boolean };

/** What can be done with a document. */
export function DocumentMenu({ document, editable }: DocumentMenuProps) {
  const { _id: documentId, fileId, name } = document;
  const renaming = useLazyDisclosure();
  const restore = useMutation(api.documents.restore);
  const remove = useMutation(api.documents.remove).withOptimisticUpdate((store) =>
    changeListed(store, documentId, null),
  );

  async function removeNow() {
    try {
      await remove({ documentId });
      toastUndo("Document deleted.", () => void restore({ documentId }).catch(toastError));
    } catch (thrown) {
      toastError(thrown);
    }
  }

  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={`What to do with ${name}`}
          >
            <IconDots size={20} stroke={1.8} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            component="a"
            href={`/api/files/${fileId}`}
            download={name}
            leftSection={<IconDownload size={17} stroke={1.7} aria-hidden />}
          >
            Download
          </Menu.Item>
          {editable && (
            <>
              <Menu.Item
                leftSection={<IconPencil size={17} stroke={1.7} aria-hidden />}
                onClick={renaming.open}
              >
                Rename
              </Menu.Item>
              <Menu.Item
                color="red"
                leftSection={<IconTrash size={17} stroke={1.7} aria-hidden />}
                onClick={() => void removeNow()}
              >
                Delete
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {renaming.wanted && (
        <RenameDialog document={document} opened={renaming.opened} onClose={renaming.close} />
      )}
    </>
  );
}
