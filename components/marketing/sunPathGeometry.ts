/** The drawing's measures, in the SVG's own units. The arc is a quarter of an ellipse. */
const HORIZON = { x: 60, y: 400 };
const RADIUS = { x: 496, y: 332 };

export type ArcPoint = { x: number; y: number };

/**
 * The point on the rising arc at a share of the way: 0 on the horizon, 1 at noon. `scale` draws the
 * same arc larger or smaller around the noon line, as a sun chart draws other days of the year.
 */
export function arcPoint(share: number, scale = 1): ArcPoint {
  const angle = (share * Math.PI) / 2;
  const noon = HORIZON.x + RADIUS.x;
  return {
    x: round(noon - RADIUS.x * scale * Math.cos(angle)),
    y: round(HORIZON.y - RADIUS.y * scale * Math.sin(angle)),
  };
}

/** The arc as an SVG path. */
export function arcPath(scale = 1): string {
  const start = arcPoint(0, scale);
  const end = arcPoint(1, scale);
  return `M${start.x} ${start.y}A${RADIUS.x * scale} ${RADIUS.y * scale} 0 0 1 ${end.x} ${end.y}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
