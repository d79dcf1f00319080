import Link from "next/link";
import { Logo } from "@/components/ui/Logo";
import landing from "./Landing.module.css";
import classes from "./LandingFooter.module.css";

/** The last invitation and the way in for those who have an account. */
export function LandingFooter() {
  return (
    <footer className={landing.night}>
      <div className={`${landing.wrap} ${classes.footer}`}>
        <div>
          <Logo tone="night" />
          <p className={classes.line}>Software for solar installation companies.</p>
        </div>
        <nav className={classes.links} aria-label="Footer">
          <Link href="/pricing">Pricing</Link>
          <Link href="/signup">Create your company</Link>
          <Link href="/sign-in">Sign in</Link>
        </nav>
      </div>
    </footer>
  );
}
