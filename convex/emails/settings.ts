/** What sending needs of the deployment's variables. RESEND_BASE_URL is read by the client itself. */
const NEEDED = ["RESEND_API_KEY", "EMAIL_FROM", "APP_URL"] as const;

/** The needed variables that are not set. As long as there is one, mail waits and is not tried. */
export function missingSettings(): string[] {
  return NEEDED.filter((name) => !process.env[name]);
}

/** The variables for sending. Throws an Error that names a missing one. */
export function emailSettings(): { apiKey: string; from: string; appUrl: string } {
  return {
    apiKey: setting("RESEND_API_KEY"),
    from: setting("EMAIL_FROM"),
    appUrl: setting("APP_URL").replace(/\/+$/, ""),
  };
}

/** The address that mail comes from, without the name before it; null while it is not set. */
export function senderAddress(): string | null {
  const from = process.env.EMAIL_FROM ?? "";
  return /<([^<>\s]+@[^<>\s]+)>\s*$/.exec(from)?.[1] ?? (from.includes("@") ? from.trim() : null);
}

function setting(name: (typeof NEEDED)[number]): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set.`);
  return value;
}
