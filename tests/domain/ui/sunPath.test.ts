import { expect, test } from "vitest";
import { arcPath, arcPoint } from "../../../components/marketing/sunPathGeometry.ts";

test("the arc rises from the horizon to noon without turning back", () => {
  const points = Array.from({ length: 8 }, (_, index) => arcPoint(index / 7));
  for (const [index, point] of points.slice(1).entries()) {
    expect(point.x).toBeGreaterThan(points[index]!.x);
    expect(point.y).toBeLessThan(points[index]!.y);
  }
});

test("the drawn path starts and ends at the arc's own points", () => {
  for (const scale of [0.72, 1, 1.14]) {
    const [start, end] = [arcPoint(0, scale), arcPoint(1, scale)];
    expect(arcPath(scale)).toMatch(new RegExp(`^M${start.x} ${start.y}A.* ${end.x} ${end.y}$`));
  }
});
