import { Panel } from "@/components/ui/Panel";
import { formatDay } from "@/lib/format";
import { BASE_PRICES, CONVEX_PRICES, type Price } from "@/lib/prices";
import classes from "./Costs.module.css";
import { dollars } from "./months";

const NAMES: Record<keyof typeof CONVEX_PRICES | keyof typeof BASE_PRICES, string> = {
  calls: "Function calls",
  databaseIo: "Database reads and writes",
  databaseStorage: "Database storage",
  actionCompute: "Actions",
  fileStorage: "File storage",
  egress: "Data sent outside",
  convex: "Convex, base fee",
  hosting: "Hosting, base fee",
  mail: "Mail, base fee",
  people: "Sign-in, base fee",
};

/** The price list behind the figures, with where and when each price was read. */
export function Prices() {
  const prices: [string, Price][] = Object.entries({ ...CONVEX_PRICES, ...BASE_PRICES });
  return (
    <div className={classes.prices}>
      <Panel title="Prices">
        <dl className={classes.priceList}>
          {prices.map(([name, { usd, per, source, readOn }]) => (
            <div key={name}>
              <dt>{NAMES[name as keyof typeof NAMES]}</dt>
              <dd>
                {dollars(usd)} per {per}
                <span className={classes.fine}>
                  {source}, {readOn === null ? "to be checked" : formatDay(readOn)}
                </span>
              </dd>
            </div>
          ))}
        </dl>
      </Panel>
    </div>
  );
}
