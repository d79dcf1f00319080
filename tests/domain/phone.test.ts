import { expect, it } from "vitest";
import { normalizePhone } from "../../lib/phone.ts";

it.each([
  ["(512) 555-0100", "+15125550100"],
  ["512.555.0100 ext. 4", "+15125550100"],
  ["1-512-555-0100 x12", "+15125550100"],
  ["+1 512 555 0100", "+15125550100"],
  ["５１２ ５５５ ０１００", "+15125550100"],
  ["+49 30 123456", "+4930123456"],
  ["0049 30 123456", "+4930123456"],
  ["555-0100", "5550100"],
])("writes %s as %s", (text, normal) => {
  expect(normalizePhone(text)).toBe(normal);
});

it.each(["", "call me", "911", "1234567890123456"])("takes %j for no telephone number", (text) => {
  expect(normalizePhone(text)).toBeNull();
});
