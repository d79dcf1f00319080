/** The pages for people. They need neither the app nor the key: their addresses are the secret. */
import { HttpProblem } from "../../http/problem.ts";
import { findRoute, type HttpReply, type HttpRequest, type Route } from "../../http/routes.ts";
import type { Account } from "../account.ts";
import { payCheckout, showCheckout } from "./checkoutPage.ts";
import { payAtInvoice, showInvoice, showInvoicePdf } from "./invoicePage.ts";
import { sentencePage } from "./layout.ts";
import { advance, sendEventAgain, showEvent, showOverview } from "./overviewPage.ts";
import { actInPortal, showPortal } from "./portalPage.ts";

const ROUTES: Route<Account>[] = [
  { method: "GET", path: "/", handle: showOverview },
  { method: "POST", path: "/advance", handle: advance },
  { method: "GET", path: "/events/:id", handle: showEvent },
  { method: "POST", path: "/events/:id", handle: sendEventAgain },
  { method: "GET", path: "/c/pay/:id", handle: showCheckout },
  { method: "POST", path: "/c/pay/:id", handle: payCheckout },
  { method: "GET", path: "/p/session/:secret", handle: showPortal },
  { method: "POST", path: "/p/session/:secret", handle: actInPortal },
  { method: "GET", path: "/i/:secret", handle: showInvoice },
  { method: "POST", path: "/i/:secret", handle: payAtInvoice },
  { method: "GET", path: "/i/:secret/pdf", handle: showInvoicePdf },
];

export async function answerPage(account: Account, request: HttpRequest): Promise<HttpReply> {
  const { origin, host } = request.headers;
  if (request.method === "POST" && origin !== undefined && origin !== `http://${host}`) {
    return sentencePage(403, "Not from here", "This form was sent by another site.");
  }
  try {
    const { route, params } = findRoute(ROUTES, request);
    return await route.handle(account, request, params);
  } catch (error) {
    if (!(error instanceof HttpProblem)) throw error;
    return sentencePage(error.status, "Not found", error.message);
  }
}
