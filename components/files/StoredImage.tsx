import type { Id } from "@/convex/_generated/dataModel";

type StoredImageProps = { fileId: Id<"files">; alt: string; size: number; className?: string };

/** A stored picture, in a square of `size` pixels, whole. Its address opens to members of its company only. */
export function StoredImage({ fileId, alt, size, className }: StoredImageProps) {
  return (
    // Next's image server would fetch it without the member's session.
    // eslint-disable-next-line @next/next/no-img-element
    <img
      src={`/api/files/${fileId}`}
      alt={alt}
      width={size}
      height={size}
      className={className}
      style={{ objectFit: "contain" }}
    />
  );
}
