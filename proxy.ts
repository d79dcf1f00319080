import { clerkMiddleware } from "@clerk/nextjs/server";
import { NextResponse, type NextFetchEvent, type NextRequest } from "next/server";
import { contentSecurityPolicy } from "@/lib/contentSecurityPolicy";
import { clerkFrontendHost, serverEnv, type ServerEnv } from "@/lib/env";

/** Pages for everybody. All others ask to sign in, also those that do not exist yet. */
const PUBLIC_PAGES = ["/", "/pricing", "/sign-in", "/signup", "/forgot-password", "/join"];

/** Stored files come with a policy of their own, which is stricter than a page's (lib/files.ts). */
const FILES = ["/api/files/", "/api/archives/"];

/**
 * First gate of every page: reads the session, sends signed-out visitors to /sign-in and sets
 * the content-security-policy. Never the only gate: the workspace layout asks for the session
 * again, and Convex verifies the token of every call.
 */
export default async function proxy(request: NextRequest, event: NextFetchEvent) {
  const response = (await gate(request, event)) ?? NextResponse.next();
  return withoutSelfRewrite(request, response);
}

const gate = clerkMiddleware(
  async (auth, request) => {
    if (FILES.some((path) => request.nextUrl.pathname.startsWith(path))) return NextResponse.next();
    const env = serverEnv();
    if (!isPublic(request.nextUrl.pathname) && !(await auth()).userId) {
      return NextResponse.redirect(signInUrl(request));
    }
    return pageResponse(request, env);
  },
  () => {
    const env = serverEnv();
    return {
      publishableKey: env.NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY,
      proxyUrl: env.NEXT_PUBLIC_CLERK_PROXY_URL,
      jwtKey: env.CLERK_JWT_KEY,
      signInUrl: "/sign-in",
      signUpUrl: "/signup",
      frontendApiProxy: {
        enabled: env.NEXT_PUBLIC_CLERK_PROXY_URL === "/__clerk",
        path: "/__clerk",
      },
    };
  },
);

export const config = {
  // Pages with a dot in their address are included, so that the session can be read everywhere.
  // Public forms (/f/…) have no session, and a policy of their own: lib/leadForm/delivery.ts.
  matcher: ["/((?!_next/static|_next/image|api/webhooks/|api/health|f/).*)"],
};

/**
 * Clerk lets a page through as a rewrite to its own address. Where that address is not the one
 * Next listens on (localhost for 127.0.0.1, https in front of http), Next would fetch it as a
 * foreign server's, so the rewrite becomes the plain pass that it means.
 */
function withoutSelfRewrite(request: NextRequest, response: Response): Response {
  const target = response.headers.get("x-middleware-rewrite");
  if (target !== null && new URL(target).href === new URL(request.url).href) {
    response.headers.delete("x-middleware-rewrite");
    response.headers.set("x-middleware-next", "1");
  }
  return response;
}

/** API routes check the session themselves; a dot means a file of public/ or nothing at all. */
function isPublic(pathname: string): boolean {
  return (
    PUBLIC_PAGES.includes(pathname) ||
    pathname.startsWith("/api/") ||
    pathname.slice(pathname.lastIndexOf("/")).includes(".")
  );
}

/** The sign-in page, which comes back to this one. Only a path is carried, never another origin. */
function signInUrl(request: NextRequest): URL {
  const url = request.nextUrl.clone();
  const wanted = url.pathname + url.search;
  url.pathname = "/sign-in";
  url.search = "";
  url.searchParams.set("redirect_url", wanted);
  return url;
}

function pageResponse(request: NextRequest, env: ServerEnv): NextResponse {
  const production = process.env.NODE_ENV === "production";
  const https = isHttps(request);
  const nonce = crypto.randomUUID().replaceAll("-", "");
  const policy = contentSecurityPolicy({
    nonce,
    convexUrl: env.NEXT_PUBLIC_CONVEX_URL,
    shardUrls: env.SHARDS?.map(({ convexUrl }) => convexUrl) ?? [],
    clerkOrigin: clerkOrigin(env),
    https,
    development: !production,
  });
  // Next takes the nonce for its own scripts from the policy among the request's headers.
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy);
  headers.set("x-nonce", nonce);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  if (production && https) {
    response.headers.set("strict-transport-security", "max-age=31536000");
  }
  return response;
}

function isHttps(request: NextRequest): boolean {
  const forwarded = request.headers.get("x-forwarded-proto")?.split(",")[0]?.trim();
  return (forwarded ?? request.nextUrl.protocol.replace(":", "")) === "https";
}

/** Where the browser reaches Clerk's Frontend API, unless that is this app itself. */
function clerkOrigin(env: ServerEnv): string | undefined {
  const proxyUrl = env.NEXT_PUBLIC_CLERK_PROXY_URL;
  if (proxyUrl === "/__clerk") return undefined;
  if (proxyUrl) return new URL(proxyUrl).origin;
  return `https://${clerkFrontendHost(env.NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY)}`;
}
