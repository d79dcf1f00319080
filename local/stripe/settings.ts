/** What the account's dashboard would set at Stripe, and the control's switches. Kept in the store. */

export interface WebhookSettings {
  /** Events are kept back until this is switched off. */
  hold: boolean;
  /** The order in which events that were kept back are sent. */
  order: "oldest_first" | "newest_first";
  /** How often each event is sent. */
  copies: number;
  /** How long each event waits before it is sent. */
  delay_ms: number;
  /** Event types that are never sent; "*" for all. */
  drop: string[];
  /** How many deliveries may be under way at once. */
  at_once: number;
}

export interface DunningSettings {
  /** Days from one failed payment to the next attempt. */
  retry_days: number[];
  /** What becomes of the subscription when the last attempt has failed. */
  then: "cancel" | "unpaid" | "past_due";
}

export interface Settings {
  id: "settings";
  /** Seconds by which the account's clock is ahead of the machine's. */
  ahead: number;
  /** Seconds for which a renewal's invoice stays a draft. Stripe: an hour. */
  draft_seconds: number;
  webhooks: WebhookSettings;
  dunning: DunningSettings;
}

export const DEFAULT_SETTINGS: Settings = {
  id: "settings",
  ahead: 0,
  draft_seconds: 3600,
  webhooks: {
    hold: false,
    order: "oldest_first",
    copies: 1,
    delay_ms: 0,
    drop: [],
    at_once: 8,
  },
  dunning: { retry_days: [3, 5, 6], then: "cancel" },
};
