import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { anyApi as api } from "convex/server";
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from "jose";
import { expect, test } from "vitest";
import { afterTest, connect, startEngine, until, httpClient } from "./engine.ts";

/** An OpenID provider whose keys can be replaced. */
async function startIssuer() {
  let keyNumber = 0;
  let key: CryptoKey;
  let jwks: JWK[] = [];
  const rotate = async () => {
    const pair = await generateKeyPair("RS256");
    key = pair.privateKey;
    jwks = [
      { ...(await exportJWK(pair.publicKey)), kid: `key-${++keyNumber}`, alg: "RS256", use: "sig" },
    ];
  };
  await rotate();
  const server = createServer((request, response) => {
    const discovery = request.url === "/.well-known/openid-configuration";
    const body = discovery ? { issuer, jwks_uri: `${issuer}/jwks` } : { keys: jwks };
    response.setHeader("content-type", "application/json").end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterTest(() => server.close());
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const token = async (claims: Record<string, unknown> = {}, lifetimeS = 60) =>
    await new SignJWT({
      name: "Ann Example",
      email_verified: true,
      org: { role: "admin" },
      ...claims,
    })
      .setProtectedHeader({ alg: "RS256", kid: `key-${keyNumber}` })
      .setSubject("user_1")
      .setIssuer((claims.iss as string | undefined) ?? issuer)
      .setAudience((claims.aud as string | undefined) ?? "convex")
      .setIssuedAt()
      .setExpirationTime(Math.floor(Date.now() / 1000) + lifetimeS)
      .sign(key);
  return { issuer, token, rotate };
}

async function start() {
  const provider = await startIssuer();
  const engine = await startEngine({ env: { TEST_ISSUER: provider.issuer } });
  return { ...provider, engine, http: httpClient(engine.url) };
}

test("a token becomes the user's identity in queries, mutations and actions", async () => {
  const { issuer, token, http } = await start();
  expect(await http.query(api.users!.whoami!, {})).toBeNull();
  http.setAuth(await token());
  expect(await http.query(api.users!.whoami!, {})).toEqual({
    tokenIdentifier: `${issuer}|user_1`,
    subject: "user_1",
    issuer,
    name: "Ann Example",
    emailVerified: true,
    org: { role: "admin" },
  });
  expect(await http.mutation(api.users!.nameInMutation!, {})).toBe("user_1");
  expect(await http.action(api.users!.nameInAction!, {})).toBe("user_1");
});

test("tokens that are forged, expired, for others or from others are refused", async () => {
  const { token, http, rotate } = await start();
  const good = await token();
  const [header, payload] = good.split(".");
  const refused = [
    `${header}.${payload}.${"A".repeat(342)}`,
    await token({}, -60),
    await token({ aud: "somebody-else" }),
    await token({ iss: "http://127.0.0.1:9" }),
    "not a token",
  ];
  for (const bad of refused) {
    http.setAuth(bad);
    await expect(http.query(api.users!.whoami!, {})).rejects.toThrow(
      /InvalidAuthHeader|NoAuthProvider/,
    );
  }
  http.setAuth(good);
  expect(await http.query(api.users!.whoami!, {})).toMatchObject({ subject: "user_1" });
  await rotate();
});

test("a new key of the provider is found without a restart", async () => {
  const { token, http, rotate } = await start();
  http.setAuth(await token());
  await http.query(api.users!.whoami!, {});
  await rotate();
  http.setAuth(await token());
  await until(() =>
    http.query(api.users!.whoami!, {}).then(
      (user) => user !== null,
      () => false,
    ),
  );
});

test("a live query follows sign-in, refresh and sign-out", async () => {
  const { token, engine } = await start();
  const client = connect(engine.url);
  const seen: (number | null)[] = [];
  client.onUpdate(api.users!.whoami!, {}, (user) => seen.push(user?.serial ?? null));
  await until(() => seen.length === 1);
  const states: boolean[] = [];
  let fetched = 0;
  client.setAuth(
    () => token({ serial: ++fetched }),
    (isAuthenticated) => states.push(isAuthenticated),
  );
  // The client fetches a fresh token as soon as the first one is accepted.
  await until(() => seen.at(-1) === 2);
  expect(states).not.toContain(false);
  client.client.clearAuth();
  await until(() => seen.at(-1) === null);
  expect(seen).toEqual([null, 1, 2, null]);
});

test("a refused token reaches the client as an authentication error", async () => {
  const { token, engine } = await start();
  const client = connect(engine.url);
  const states: boolean[] = [];
  client.setAuth(
    () => token({ aud: "somebody-else" }),
    (isAuthenticated) => states.push(isAuthenticated),
  );
  await until(() => states.includes(false));
  expect(states).not.toContain(true);
});

test("a mutation with a token that has expired runs with a new one", async () => {
  const { token, engine } = await start();
  const client = connect(engine.url);
  let fetched = 0;
  client.setAuth(() => token({ serial: ++fetched }, fetched < 3 ? 2 : 60));
  await until(() => fetched === 2);
  await new Promise((resolve) => setTimeout(resolve, 2100));
  expect(await client.mutation(api.users!.nameInMutation!, {})).toBe("user_1");
  expect(fetched).toBe(3);
});

test("only the admin key opens the admin's door", async () => {
  const { engine, http } = await start();
  http.setAdminAuth(`${engine.adminKey}x`);
  await expect(http.query(api.users!.whoami!, {})).rejects.toThrow("BadDeployKey");
  http.setAdminAuth(engine.adminKey, {
    subject: "user_2",
    issuer: "https://example.com",
    tokenIdentifier: "https://example.com|user_2",
  } as never);
  expect(await http.query(api.users!.whoami!, {})).toMatchObject({ subject: "user_2" });
});
