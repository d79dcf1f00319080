import anyAscii from "any-ascii";

/**
 * Addresses that Sunup itself uses or may use, and names that would pass for Sunup's own; no
 * company gets one as its slug. tests/domain/lib.test.ts holds it against the app's routes.
 */
const RESERVED = new Set([
  "about",
  "accept-invitation",
  "account",
  "accounts",
  "admin",
  "api",
  "app",
  "assets",
  "auth",
  "billing",
  "blog",
  "campaigns",
  "careers",
  "cdn",
  "clerk",
  "contact",
  "contacts",
  "convex",
  "customers",
  "dashboard",
  "demo",
  "dev",
  "docs",
  "documents",
  "email",
  "enterprise",
  "f",
  "files",
  "forgot-password",
  "ftp",
  "health",
  "help",
  "home",
  "images",
  "install",
  "invitation",
  "invitations",
  "invite",
  "join",
  "jobs",
  "leads",
  "legal",
  "localhost",
  "login",
  "logout",
  "mail",
  "me",
  "members",
  "new",
  "news",
  "null",
  "onboarding",
  "partners",
  "permits",
  "press",
  "pricing",
  "privacy",
  "pro",
  "profile",
  "projects",
  "public",
  "reports",
  "robots",
  "root",
  "sales",
  "schedule",
  "search",
  "security",
  "settings",
  "sign-in",
  "sign-out",
  "sign-up",
  "signin",
  "signout",
  "signup",
  "sitemap",
  "smtp",
  "staff",
  "staging",
  "starter",
  "static",
  "status",
  "stripe",
  "sunup",
  "support",
  "surveys",
  "system",
  "tasks",
  "team",
  "terms",
  "test",
  "undefined",
  "webhooks",
  "www",
]);

const MAX_LENGTH = 48;

/**
 * A readable ASCII slug of a company's name in any script: "Añil Solar ☀" -> "anil-solar-sunny".
 * Never empty, never reserved, at most 48 characters. Not unique by itself: see `slugCandidates`.
 */
export function slugOf(companyName: string): string {
  const slug = anyAscii(companyName.normalize("NFKC"))
    .toLowerCase()
    .replace(/['’]/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, MAX_LENGTH)
    .replace(/^-+|-+$/g, "");
  if (slug === "") return "company";
  return RESERVED.has(slug) ? `${slug}-company` : slug;
}

/**
 * Slugs to try in order until one is free: the plain one, -2 to -4, then with a random
 * part, so that a much-used name costs a bounded number of look-ups.
 */
export function* slugCandidates(companyName: string, random: () => number): Generator<string> {
  const slug = slugOf(companyName);
  yield slug;
  for (let n = 2; n <= 4; n++) yield `${slug}-${n}`;
  for (;;) yield `${slug}-${randomPart(random)}`;
}

/** Five characters without look-alikes: 28^5, about 17 million. */
function randomPart(random: () => number): string {
  const alphabet = "23456789abcdefghjkmnpqrstuvw";
  return Array.from(
    { length: 5 },
    () => alphabet[Math.floor(random() * alphabet.length)] ?? "2",
  ).join("");
}
