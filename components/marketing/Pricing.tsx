import { OVERDUE_DAYS } from "@/lib/billing";
import { PLANS, TRIAL_DAYS } from "@/lib/plans";
import landing from "./Landing.module.css";
import { LandingFooter } from "./LandingFooter";
import { LandingHeader } from "./LandingHeader";
import { PlansSection } from "./PlansSection";
import classes from "./Pricing.module.css";

const { starter, pro } = PLANS;

/** What people ask before they pay. */
const ANSWERS: { question: string; answer: string }[] = [
  {
    question: "What happens when a plan is full?",
    answer:
      "You keep everything, and can read and export it. Only adding more waits until next month, until you make room, or until you choose a larger plan.",
  },
  {
    question: `Do I need a card for ${starter.name} or the trial?`,
    answer: `No. ${starter.name} is free for good. The trial that comes with a new company ends by itself after ${TRIAL_DAYS} days.`,
  },
  {
    question: "Can I change or stop at any time?",
    answer: `Yes, in the settings. ${pro.name} then stays until the end of the month that is paid, and the company goes on with ${starter.name}. Nothing is deleted.`,
  },
  {
    question: "What if my card fails?",
    answer: `We tell you, and try again. Everything goes on as before for ${OVERDUE_DAYS} days, in which you can give us another card.`,
  },
];

/** The price list, for everybody. Drawn on the server; it brings no script of its own. */
export function Pricing() {
  return (
    <div className={landing.page}>
      <LandingHeader />
      <main>
        <div className={landing.night}>
          <div className={`${landing.wrap} ${classes.title}`}>
            <h1 className={landing.heading}>What Sunup costs</h1>
            <p className={landing.lead}>One price for the company, by the month. No set-up fee.</p>
          </div>
        </div>
        <PlansSection />
        <section className={landing.section} aria-labelledby="answers">
          <div className={landing.wrap}>
            <h2 id="answers" className={landing.heading}>
              Before you decide
            </h2>
            <dl className={classes.answers}>
              {ANSWERS.map(({ question, answer }) => (
                <div key={question}>
                  <dt>{question}</dt>
                  <dd>{answer}</dd>
                </div>
              ))}
            </dl>
          </div>
        </section>
      </main>
      <LandingFooter />
    </div>
  );
}
