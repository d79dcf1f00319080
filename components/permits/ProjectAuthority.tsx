"use client";

import { useMutation } from "convex/react";
import { AuthorityPicker } from "@/components/authorities/AuthorityPicker";
import { usualTime } from "@/components/authorities/authorityWords";
import { showChanged } from "@/components/projects/showChanged";
import type { ProjectDetail } from "@/components/projects/types";
import { toastError } from "@/components/ui/toasts";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import { AUTHORITY_KIND_NAMES, type AuthorityKind } from "@/lib/authorities";
import classes from "./ProjectAuthority.module.css";

type ProjectAuthorityProps = { project: ProjectDetail; kind: AuthorityKind; editable: boolean };

const FIELDS = { ahj: "ahjId", utility: "utilityId" } as const;

/** Who decides on a job's permits, or on its interconnection: named, with the way to its portal. */
export function ProjectAuthority({ project, kind, editable }: ProjectAuthorityProps) {
  const field = FIELDS[kind];
  const authorityId = project[field];
  const authority = useLiveQuery(api.authorities.get, authorityId ? { authorityId } : "skip");
  const set = useMutation(api.projects.setAuthorities).withOptimisticUpdate((store, change) => {
    showChanged(store, change.projectId, { [field]: change[field] ?? undefined });
  });
  const label = AUTHORITY_KIND_NAMES[kind];
  const known = authorityId && authority.status === "ready" ? authority.data : undefined;
  return (
    <div className={classes.authority}>
      {editable ? (
        <AuthorityPicker
          kind={kind}
          label={label}
          value={authorityId}
          onChange={(chosen) =>
            void set({ projectId: project._id, [field]: chosen ?? null }).catch(toastError)
          }
        />
      ) : (
        <div>
          <span className={classes.label}>{label}</span>
          <bdi>{known?.name ?? "–"}</bdi>
        </div>
      )}
      {known && (
        <p className={classes.facts}>
          <span>{usualTime(known)}</span>
          {known.portalUrl && (
            <a href={known.portalUrl} target="_blank" rel="noopener noreferrer">
              Open its portal
            </a>
          )}
          {known.phone && <a href={`tel:${known.phone}`}>{known.phone}</a>}
        </p>
      )}
    </div>
  );
}
