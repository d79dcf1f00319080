import { expect, type APIRequestContext } from "@playwright/test";
import type { RunningStack } from "../../support/launch.ts";

type Mail = { links: string[] };

/** The link of the latest invitation to an address, once `count` of them have arrived. */
export async function invitationLink(
  request: APIRequestContext,
  { mailboxUrl }: RunningStack,
  email: string,
  count = 1,
): Promise<string> {
  const read = async () => {
    const answer = await request.get(`${mailboxUrl}.json?to=${encodeURIComponent(email)}`);
    const mails = (await answer.json()) as Mail[];
    return mails.flatMap(({ links }) => links.find((link) => link.includes("/join?")) ?? []);
  };
  await expect.poll(async () => (await read()).length).toBe(count);
  const [latest] = await read();
  if (!latest) throw new Error(`No mail to ${email} invites anybody.`);
  return latest;
}
