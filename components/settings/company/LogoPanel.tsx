"use client";

import { Button, FileButton, Group, Text } from "@mantine/core";
import { IconPhoto, IconUpload } from "@tabler/icons-react";
import { useRef } from "react";
import { StoredImage } from "@/components/files/StoredImage";
import type { Id } from "@/convex/_generated/dataModel";
import { FILE_KINDS } from "@/lib/files";
import classes from "./CompanySettings.module.css";
import { useLogo } from "./useLogo";

type LogoPanelProps = { logo: { _id: Id<"files">; name: string } | null };

/** The logo: looked at before it is saved, replaced, removed. */
export function LogoPanel({ logo }: LogoPanelProps) {
  const { chosen, choose, save, saving, remove, removing, problem } = useLogo(logo?._id ?? null);
  const resetInput = useRef<() => void>(null);
  // Reset at once, so that the same file can be chosen again.
  const chooseFile = (file: File | null) => {
    choose(file);
    resetInput.current?.();
  };

  return (
    <>
      <div className={classes.logo} data-filled={chosen !== null || logo !== null || undefined}>
        {chosen ? (
          // A picture of this computer, not yet sent: nothing for Next's image server.
          // eslint-disable-next-line @next/next/no-img-element
          <img src={chosen.preview} alt="The new logo" />
        ) : logo ? (
          <StoredImage fileId={logo._id} alt="Your company’s logo" size={138} />
        ) : (
          <span>
            <IconPhoto size={30} stroke={1.4} aria-hidden />
            <br />
            No logo yet
          </span>
        )}
      </div>
      {problem && (
        <Text c="var(--mantine-color-error)" size="sm" mb="sm" role="alert">
          {problem}
        </Text>
      )}
      <Group gap="sm">
        {chosen ? (
          <>
            <Button loading={saving} onClick={() => void save()}>
              Save logo
            </Button>
            <Button variant="default" disabled={saving} onClick={() => choose(null)}>
              Cancel
            </Button>
          </>
        ) : (
          <>
            <FileButton
              resetRef={resetInput}
              accept={FILE_KINDS.logo.types.join(",")}
              onChange={chooseFile}
              inputProps={{ "aria-label": "Logo file" }}
            >
              {(props) => (
                <Button
                  {...props}
                  variant="default"
                  leftSection={<IconUpload size={16} aria-hidden />}
                  disabled={removing}
                >
                  {logo ? "Replace" : "Choose a picture"}
                </Button>
              )}
            </FileButton>
            {logo && (
              <Button variant="default" loading={removing} onClick={() => void remove(logo._id)}>
                Remove
              </Button>
            )}
          </>
        )}
      </Group>
      <Text c="dimmed" size="sm" mt="md">
        PNG, JPEG or WebP, at most 2 MB. Your team sees it beside the company’s name.
      </Text>
    </>
  );
}
